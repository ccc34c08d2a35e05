package dev.lambdaconfig.decision;

import dev.lambdaconfig.decision.history.RetryState;
import dev.lambdaconfig.decision.history.UpdateHistory;
import dev.lambdaconfig.plan.Plan;
import org.jspecify.annotations.Nullable;

/**
 * A decision, and the state to remember of how it was reached.
 *
 * @param decision the next step
 * @param plan the difference that was found, or null where the function was not described
 * @param history the updates so far, newest first
 * @param retryState the state to keep until the next reconcile
 */
public record Judgement(
    Decision decision, @Nullable Plan plan, UpdateHistory history, RetryState retryState) {}
