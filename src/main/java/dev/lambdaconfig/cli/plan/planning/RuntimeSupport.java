package dev.lambdaconfig.cli.plan.planning;

import dev.lambdaconfig.api.LambdaFunctionConfigSpec;
import dev.lambdaconfig.model.ObservedFunction;
import dev.lambdaconfig.model.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The support of runtimes by AWS on the day of the plan. */
@FunctionalInterface
public interface RuntimeSupport {

  /** Knows nothing of any runtime. */
  RuntimeSupport UNKNOWN = runtime -> null;

  /** The warning about a runtime, or null if it is supported or nothing is known. */
  @Nullable String warning(String runtime);

  /** The notes on the runtime that a function has once it is as declared. */
  default List<String> notes(LambdaFunctionConfigSpec spec, ObservedFunction function) {
    String declared = spec.runtime();
    String runtime =
        declared == null
                && function.configuration().at("Runtime") instanceof Value.Text(String text)
            ? text
            : declared;
    String warning = runtime == null ? null : warning(runtime);
    return warning == null ? List.of() : List.of("runtime: " + warning);
  }
}
