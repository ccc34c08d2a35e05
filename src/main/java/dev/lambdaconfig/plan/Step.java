package dev.lambdaconfig.plan;

import dev.lambdaconfig.api.UpdateRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A decision, and what to remember of how it was reached.
 *
 * @param decision what to do now
 * @param plan the difference that was found, or null where the function was not described
 * @param history the updates so far, newest first
 * @param retryState what to keep until the next pass
 */
public record Step(
    Decision decision, @Nullable Plan plan, List<UpdateRecord> history, RetryState retryState) {}
