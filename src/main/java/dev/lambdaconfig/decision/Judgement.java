package dev.lambdaconfig.decision;

import dev.lambdaconfig.decision.history.RetryState;
import dev.lambdaconfig.decision.history.UpdateHistory;
import dev.lambdaconfig.plan.Plan;
import org.jspecify.annotations.Nullable;

/**
 * A decision, and what to remember of how it was reached.
 *
 * @param decision what to do now
 * @param plan the difference that was found, or null where the function was not described
 * @param history the updates so far, newest first
 * @param retryState what to keep until the next pass
 */
public record Judgement(
    Decision decision, @Nullable Plan plan, UpdateHistory history, RetryState retryState) {}
