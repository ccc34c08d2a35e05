package dev.lambdaconfig.cli.options;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The manifests that a command reads. */
public final class ManifestOptions {

  private static final String WHAT_TO_NAME =
      "name files or directories with manifests, or - for standard input";

  @Option(
      names = {"-f", "--filename"},
      paramLabel = "FILE|DIR|-",
      description =
          "The manifests: files, directories, which are read with those in them, and - for"
              + " standard input. Other kinds of resources are skipped. Repeatable.")
  private List<String> files = new ArrayList<>();

  /** Creates options without manifests. */
  public ManifestOptions() {}

  /** Returns the sources of manifests. */
  public List<String> files() {
    return List.copyOf(files);
  }

  /** Returns whether any source is named. */
  public boolean areGiven() {
    return !files.isEmpty();
  }

  /** Returns what is wrong with the options of a command that needs manifests, or null. */
  public @Nullable String problem() {
    if (files.stream().anyMatch(String::isBlank)) {
      // The empty path would be the current directory.
      return "-f has an empty value, such as that of a variable that is not set: " + WHAT_TO_NAME;
    }
    return areGiven() ? null : "-f is missing: " + WHAT_TO_NAME;
  }
}
