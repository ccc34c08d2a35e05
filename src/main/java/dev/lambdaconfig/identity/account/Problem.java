package dev.lambdaconfig.identity.account;

/**
 * Why a resource has no identity.
 *
 * @param reason AWS's code, or a reason of the operator
 * @param message the problem with what to write instead
 * @param passing whether it passes by itself; else only a person can help
 */
public record Problem(String reason, String message, boolean passing) {}
