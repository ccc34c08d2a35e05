package dev.lambdaconfig.cli.options;

import dev.lambdaconfig.cli.format.SafeText;
import java.nio.file.FileSystems;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.PatternSyntaxException;
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

  @Option(
      names = "--exclude",
      paramLabel = "GLOB",
      description =
          "Files and directories to leave out where a directory is read: by name, such as"
              + " 'values*.yaml', or by the path in it, such as 'dashboards/**'. Repeatable.")
  private List<String> excluded = new ArrayList<>();

  /** Creates options without manifests. */
  public ManifestOptions() {}

  /** Returns the sources of manifests. */
  public List<String> files() {
    return List.copyOf(files);
  }

  /** Returns what is left out of directories. */
  public List<String> excluded() {
    return List.copyOf(excluded);
  }

  /** Returns what is wrong with the patterns of what is left out, or null. */
  public @Nullable String excludeProblem() {
    for (String glob : excluded) {
      if (glob.isBlank()) {
        return "--exclude has an empty value, such as that of a variable that is not set: write a"
            + " name or pattern, or remove it";
      }
      try {
        FileSystems.getDefault().getPathMatcher("glob:" + glob);
      } catch (PatternSyntaxException e) {
        return "--exclude: '%s' is no pattern (%s): write a name or a pattern such as 'values*.yaml'"
            .formatted(SafeText.of(glob), e.getDescription());
      }
    }
    return null;
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
