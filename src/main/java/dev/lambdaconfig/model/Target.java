package dev.lambdaconfig.model;

import org.jspecify.annotations.Nullable;

/**
 * The function that a call is about.
 *
 * @param region the AWS Region to call
 * @param functionName name, partial or full ARN, without qualifier
 */
public record Target(String region, String functionName) {

  /** The key of the function: its Region and bare name. */
  public FunctionKey key() {
    return new FunctionKey(region, FunctionReference.parse(functionName).name());
  }

  /** The account in the name, or null for the operator's own. */
  public @Nullable String account() {
    return FunctionReference.accountIn(functionName);
  }
}
