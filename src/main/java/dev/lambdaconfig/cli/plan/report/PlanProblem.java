package dev.lambdaconfig.cli.plan.report;

/**
 * The reason why a function cannot be planned, or would not become what its manifest declares.
 *
 * @param reason the reason as the status of the resource would have it: AWS's own code, or one of
 *     the operator's
 * @param message what is wrong, and what to do
 */
public record PlanProblem(String reason, String message) {}
