package dev.lambdaconfig.controller.resource;

import dev.lambdaconfig.api.LambdaFunctionConfigSpec;
import dev.lambdaconfig.api.SpecNames;
import dev.lambdaconfig.aws.KnownRegions;
import dev.lambdaconfig.model.FunctionReference;
import dev.lambdaconfig.model.Target;
import org.jspecify.annotations.Nullable;

/** Resolves specs to the functions that they are about. */
public final class Targets {

  /** The reason of a spec that cannot be acted on. */
  public static final String INVALID_SPEC = "InvalidSpec";

  /** The reason of a Region that neither the SDK nor {@code --regions} knows. */
  public static final String UNKNOWN_REGION = "UnknownRegion";

  private final KnownRegions regions;

  /** Resolves within these Regions. */
  public Targets(KnownRegions regions) {
    this.regions = regions;
  }

  /**
   * The function of a spec, or what is wrong with the spec.
   *
   * @param target the function, or null where there is a problem
   * @param reason the reason to report the problem with
   * @param problem the problem with what to write instead, or null
   */
  public record Resolution(@Nullable Target target, String reason, @Nullable String problem) {

    private static Resolution invalid(@Nullable String problem) {
      return new Resolution(null, INVALID_SPEC, String.valueOf(problem));
    }
  }

  /** Resolves a spec. */
  public Resolution resolve(LambdaFunctionConfigSpec spec) {
    return resolve(new SpecNames(spec.functionName(), spec.region()));
  }

  /** Resolves the names in a spec. */
  Resolution resolve(SpecNames names) {
    FunctionReference function;
    try {
      function = FunctionReference.parse(names.functionName());
    } catch (IllegalArgumentException e) {
      return Resolution.invalid(e.getMessage());
    }
    String inArn = function.region();
    String region = names.region();
    // It becomes part of a host name, to which credentials are shown.
    if (region != null && !FunctionReference.isRegion(region)) {
      return Resolution.invalid(
          "region must be the code of an AWS Region, such as eu-west-1; remove it for the default");
    }
    if (inArn != null && region != null && !inArn.equals(region)) {
      return Resolution.invalid(
          "the Region in functionName differs from region: remove region, or correct one of them");
    }
    String chosen = region != null ? region : inArn != null ? inArn : regions.defaultRegion();
    if (chosen == null) {
      return Resolution.invalid(
          "no Region: set region, write functionName as a full ARN, or give the operator a default"
              + " with AWS_REGION");
    }
    return regions.knows(chosen)
        // One instance for all resources of a Region.
        ? new Resolution(new Target(chosen.intern(), function.functionName()), INVALID_SPEC, null)
        : new Resolution(null, UNKNOWN_REGION, regions.advice(chosen));
  }
}
