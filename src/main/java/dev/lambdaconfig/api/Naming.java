package dev.lambdaconfig.api;

import org.jspecify.annotations.Nullable;

/**
 * The members of a spec that name its function.
 *
 * @param functionName a name or an ARN, not checked
 * @param region the code of a Region, not checked, or null
 */
public record Naming(String functionName, @Nullable String region) {

  /** The names in a spec, or null where there is none that could be read. */
  static @Nullable Naming of(@Nullable LambdaFunctionConfigSpec spec) {
    return spec == null || spec.unreadable() != null
        ? null
        : new Naming(spec.functionName(), spec.region());
  }
}
