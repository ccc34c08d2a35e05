package dev.lambdaconfig.cli.options;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The manifests that a command reads. */
public final class ManifestOptions {

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
    return areGiven()
        ? null
        : "-f is missing: name files or directories with manifests, or - for standard input";
  }
}
