package dev.lambdaconfig.cli.plan;

import dev.lambdaconfig.cli.plan.output.GitHubRenderer;
import dev.lambdaconfig.cli.plan.output.GitLabRenderer;
import dev.lambdaconfig.cli.plan.output.JUnitRenderer;
import dev.lambdaconfig.cli.plan.output.JsonRenderer;
import dev.lambdaconfig.cli.plan.output.MarkdownRenderer;
import dev.lambdaconfig.cli.plan.output.Renderer;
import dev.lambdaconfig.cli.plan.output.TextRenderer;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One output of a plan.
 *
 * @param file the file to write to, or null for standard output
 */
record OutputTarget(Format format, @Nullable String file) {

  private static final String STANDARD_OUTPUT = "/dev/stdout";

  /** The formats, by the words of the option. */
  enum Format {
    TEXT,
    JSON,
    MARKDOWN,
    GITHUB,
    GITLAB,
    JUNIT;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The facts on which the formats depend besides the plan.
   *
   * @param coloured whether standard output is to be coloured
   * @param failsOnDrift whether each difference counts as a change
   * @param workspace the folder of the repository, empty where it is not known
   */
  record RunFacts(boolean coloured, boolean failsOnDrift, String workspace) {}

  /**
   * Reads {@code FORMAT} or {@code FORMAT=FILE}.
   *
   * @throws IllegalArgumentException with what to write instead
   */
  static OutputTarget parse(String text) {
    int equals = text.indexOf('=');
    String word = equals < 0 ? text : text.substring(0, equals);
    String file = equals < 0 ? null : text.substring(equals + 1);
    if (file != null && file.isBlank()) {
      throw new IllegalArgumentException("-o " + word + "= names no file: add it, or remove =");
    }
    for (Format format : Format.values()) {
      if (format.word().equals(word)) {
        return new OutputTarget(format, file);
      }
    }
    throw new IllegalArgumentException(
        "-o: '"
            + word
            + "' is no format: write one of "
            + Arrays.stream(Format.values()).map(Format::word).collect(Collectors.joining(", ")));
  }

  /**
   * Requires that no two outputs have the same place: of two in a file the last would be the only
   * one, and no program reads two that follow each other on standard output.
   *
   * @throws IllegalArgumentException with what to write instead
   */
  static void requireDifferentPlaces(List<OutputTarget> targets) {
    Map<String, OutputTarget> before = new HashMap<>();
    for (OutputTarget target : targets) {
      String place = target.place();
      OutputTarget other = place == null ? null : before.putIfAbsent(place, target);
      if (other != null) {
        throw new IllegalArgumentException(
            STANDARD_OUTPUT.equals(place)
                ? "%s and %s are both printed on standard output: write one to a file, such as %s=FILE"
                    .formatted(other.option(), target.option(), target.option())
                : "%s and %s name the same file, %s: write another one for each"
                    .formatted(other.option(), target.option(), target.file()));
      }
    }
  }

  /** The place by which outputs are compared, or null for other devices, which take all. */
  private @Nullable String place() {
    if (file == null || file.equals(STANDARD_OUTPUT)) {
      return STANDARD_OUTPUT;
    }
    try {
      Path path = Path.of(file).toAbsolutePath().normalize();
      return Files.exists(path) && !Files.isRegularFile(path) ? null : path.toString();
    } catch (InvalidPathException e) {
      // Reported when it is written.
      return null;
    }
  }

  /** The option that asks for it. */
  String option() {
    return "-o " + format.word();
  }

  Renderer renderer(RunFacts facts) {
    return switch (format) {
      case TEXT -> new TextRenderer(facts.coloured() && file == null);
      case JSON -> new JsonRenderer();
      case MARKDOWN -> new MarkdownRenderer();
      case GITHUB -> new GitHubRenderer(facts.workspace(), UUID.randomUUID().toString());
      case GITLAB -> new GitLabRenderer();
      case JUNIT -> new JUnitRenderer(facts.failsOnDrift());
    };
  }
}
