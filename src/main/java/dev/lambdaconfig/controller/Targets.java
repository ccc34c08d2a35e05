package dev.lambdaconfig.controller;

import dev.lambdaconfig.api.LambdaFunctionConfigSpec;
import dev.lambdaconfig.aws.Target;
import dev.lambdaconfig.settings.FunctionReference;
import org.jspecify.annotations.Nullable;

/** Finds out which function a spec is about. */
final class Targets {

  private final @Nullable String defaultRegion;

  Targets(@Nullable String defaultRegion) {
    this.defaultRegion = defaultRegion;
  }

  /**
   * The function of a spec.
   *
   * @throws IllegalArgumentException with what to write instead
   */
  Target of(LambdaFunctionConfigSpec spec) {
    FunctionReference function = FunctionReference.parse(spec.functionName());
    String inArn = function.region();
    String region = spec.region();
    // It becomes part of a host name, to which credentials are shown.
    if (region != null && !FunctionReference.isRegion(region)) {
      throw new IllegalArgumentException(
          "region must be the code of an AWS Region, such as eu-west-1; remove it for the default");
    }
    if (inArn != null && region != null && !inArn.equals(region)) {
      throw new IllegalArgumentException(
          "functionName is an ARN of another Region than region says: remove region, or correct one"
              + " of them");
    }
    String chosen = region != null ? region : inArn != null ? inArn : defaultRegion;
    if (chosen == null) {
      throw new IllegalArgumentException(
          "no Region: set region, write functionName as a full ARN, or give the operator a default"
              + " with AWS_REGION");
    }
    return new Target(chosen, function.functionName());
  }
}
