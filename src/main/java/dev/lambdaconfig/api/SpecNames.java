package dev.lambdaconfig.api;

import org.jspecify.annotations.Nullable;

/**
 * The members of a spec that name its function.
 *
 * @param functionName a name or an ARN, not checked
 * @param region the code of a Region, not checked, or null
 */
public record SpecNames(String functionName, @Nullable String region) {

  /** The names in a spec, or null where there is none that could be read. */
  static @Nullable SpecNames of(@Nullable LambdaFunctionConfigSpec spec) {
    return spec == null || spec.unreadable() != null
        ? null
        : new SpecNames(spec.functionName(), spec.region());
  }

  /** The number of characters. */
  int length() {
    return functionName.length() + (region == null ? 0 : region.length());
  }
}
