package dev.lambdaconfig.plan;

import dev.lambdaconfig.api.Environment;
import dev.lambdaconfig.api.ImageConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigSpec;
import dev.lambdaconfig.plan.field.Variables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Limits of the size of a spec. The schema refuses larger ones, but a manifest that is read from a
 * file, or that an older schema accepted, can have them.
 */
final class Sizes {

  private static final int LONGEST_NAME = 64;

  private final List<String> found = new ArrayList<>();

  private Sizes() {}

  /** The parts that are too large, each with what to write instead. */
  static List<String> in(LambdaFunctionConfigSpec spec) {
    Sizes sizes = new Sizes();
    Environment environment = spec.environment();
    if (environment != null) {
      sizes.environment(environment.variables());
    }
    ImageConfig image = spec.imageConfig();
    if (image != null) {
      sizes.list("imageConfig.entryPoint", image.entryPoint());
      sizes.list("imageConfig.command", image.command());
    }
    return sizes.found;
  }

  private static long characters(String text) {
    return text.codePointCount(0, text.length());
  }

  private void environment(@Nullable Map<String, String> variables) {
    if (variables == null) {
      return;
    }
    long bytes = Variables.leastBytes(variables);
    if (bytes > Variables.MOST_BYTES) {
      found.add(
          "environment.variables are %d bytes as JSON, and AWS allows at most %d: store large"
                  .formatted(bytes, Variables.MOST_BYTES)
              + " values elsewhere, such as in SSM Parameter Store or S3, and refer to them in a"
              + " variable");
    }
  }

  private void list(String path, @Nullable List<String> items) {
    long characters =
        items == null
            ? 0
            : items.stream().filter(Objects::nonNull).mapToLong(Sizes::characters).sum();
    if (characters > ImageConfig.CHARACTERS) {
      found.add(
          "%s has %d characters, and at most %d are allowed: move long arguments into a file"
                  .formatted(path, characters, ImageConfig.CHARACTERS)
              + " of the image");
    }
  }

  /** Shortens a name for a message. */
  static String shortened(String name) {
    if (name.length() <= LONGEST_NAME) {
      return name;
    }
    int end =
        Character.isHighSurrogate(name.charAt(LONGEST_NAME - 1)) ? LONGEST_NAME - 1 : LONGEST_NAME;
    return name.substring(0, end) + "…";
  }
}
