package dev.lambdaconfig.plan;

import dev.lambdaconfig.api.Choices;
import dev.lambdaconfig.api.LambdaFunctionConfigSpec;
import dev.lambdaconfig.api.LoggingConfig;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Words that no field of a spec knows. The schema lets none in, but a manifest that is read from a
 * file, or was let in by another schema, can have them; a misspelt mode must not mean Enforce.
 */
final class UnknownWords {

  private final List<String> found = new ArrayList<>();

  private UnknownWords() {}

  /** Where they are, each with what to write instead. */
  static List<String> in(LambdaFunctionConfigSpec spec) {
    UnknownWords words = new UnknownWords();
    words.check("mode", spec.mode());
    if (spec.tracingConfig() != null) {
      words.check("tracingConfig.mode", spec.tracingConfig().mode());
    }
    if (spec.snapStart() != null) {
      words.check("snapStart.applyOn", spec.snapStart().applyOn());
    }
    LoggingConfig logging = spec.loggingConfig();
    if (logging != null) {
      words.check("loggingConfig.logFormat", logging.logFormat());
      words.check("loggingConfig.applicationLogLevel", logging.applicationLogLevel());
      words.check("loggingConfig.systemLogLevel", logging.systemLogLevel());
    }
    return words.found;
  }

  private void check(String path, @Nullable String word) {
    List<String> known = Choices.BY_PATH.getOrDefault(path, List.of());
    if (word != null && !known.contains(word)) {
      found.add(path + " must be one of " + String.join(", ", known));
    }
  }
}
