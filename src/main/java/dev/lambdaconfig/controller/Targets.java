package dev.lambdaconfig.controller;

import dev.lambdaconfig.api.LambdaFunctionConfigSpec;
import dev.lambdaconfig.aws.KnownRegions;
import dev.lambdaconfig.model.FunctionReference;
import dev.lambdaconfig.model.Target;

/** Finds out which function a spec is about. */
final class Targets {

  private final KnownRegions regions;

  Targets(KnownRegions regions) {
    this.regions = regions;
  }

  /**
   * The function of a spec.
   *
   * @throws UnknownRegionException if its Region is none that the operator knows
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
    String chosen = region != null ? region : inArn != null ? inArn : regions.defaultRegion();
    if (chosen == null) {
      throw new IllegalArgumentException(
          "no Region: set region, write functionName as a full ARN, or give the operator a default"
              + " with AWS_REGION");
    }
    if (!regions.knows(chosen)) {
      throw new UnknownRegionException(regions.advice(chosen));
    }
    return new Target(chosen, function.functionName());
  }
}
