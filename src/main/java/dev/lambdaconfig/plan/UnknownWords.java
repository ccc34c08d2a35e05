package dev.lambdaconfig.plan;

import dev.lambdaconfig.api.AllowedValues;
import dev.lambdaconfig.api.LambdaFunctionConfigSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Words that tell the operator what to do, and that it does not know. The schema lets none in, but
 * a manifest that is read from a file, or was let in by another schema, can have them; a misspelt
 * mode must not mean Enforce. Words that are for AWS are passed on: it knows more of them every
 * year.
 */
final class UnknownWords {

  private final List<String> found = new ArrayList<>();

  private UnknownWords() {}

  /** Where they are, each with what to write instead. */
  static List<String> in(LambdaFunctionConfigSpec spec) {
    UnknownWords words = new UnknownWords();
    words.check("mode", spec.mode());
    words.check("deletionPolicy", spec.deletionPolicy());
    return words.found;
  }

  private void check(String path, @Nullable String word) {
    List<String> known = AllowedValues.BY_PATH.getOrDefault(path, List.of());
    if (word != null && !known.contains(word)) {
      found.add(path + " must be one of " + String.join(", ", known));
    }
  }
}
