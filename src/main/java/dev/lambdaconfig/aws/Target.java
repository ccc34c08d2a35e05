package dev.lambdaconfig.aws;

/**
 * The function that a call is about.
 *
 * @param region the AWS Region to call
 * @param functionName name, partial or full ARN, without qualifier
 */
public record Target(String region, String functionName) {}
