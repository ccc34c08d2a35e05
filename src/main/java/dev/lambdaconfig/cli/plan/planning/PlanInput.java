package dev.lambdaconfig.cli.plan.planning;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigSpec;
import dev.lambdaconfig.cli.plan.report.ManifestOrigin;
import java.util.Objects;
import java.util.function.ToIntFunction;

/**
 * A resource to plan for.
 *
 * @param resource the resource as the operator would read it, with its status if it is known
 * @param generation the generation of its spec, 1 for a resource that the cluster does not have
 * @param lines the line of a path of the resource, such as {@code spec.timeout}
 */
public record PlanInput(
    ManifestOrigin origin,
    LambdaFunctionConfig resource,
    long generation,
    ToIntFunction<String> lines) {

  /** The namespace in which the resource finds what it refers to. */
  String namespace() {
    return Objects.requireNonNullElse(origin.namespace(), "default");
  }

  /** The name of the resource, empty where it has none. */
  String name() {
    return Objects.requireNonNullElse(origin.name(), "");
  }

  /** The spec of a resource that has one. */
  LambdaFunctionConfigSpec spec() {
    return Objects.requireNonNull(resource.getSpec(), "a resource without spec is not planned");
  }

  /** The line of a setting of the spec. */
  int line(String path) {
    return lines.applyAsInt("spec." + path);
  }
}
