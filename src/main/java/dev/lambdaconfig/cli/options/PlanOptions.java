package dev.lambdaconfig.cli.options;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options of {@code plan}. */
public final class PlanOptions {

  /** When to colour a text. */
  public enum Colour {
    /** On a terminal, unless NO_COLOR is set. */
    AUTO,
    /** Always. */
    ALWAYS,
    /** Never. */
    NEVER
  }

  @Option(
      names = {"-f", "--filename"},
      paramLabel = "FILE|DIR|-",
      description =
          "The manifests: files, directories, which are read with those in them, and - for"
              + " standard input. Other kinds of resources are skipped. Repeatable.")
  private List<String> files = new ArrayList<>();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT[=FILE]",
      description =
          "The format: text, json, markdown, github, gitlab or junit, and the file to write it to"
              + " instead of standard output. Repeatable. Default: text.")
  private List<String> outputs = new ArrayList<>();

  @Option(
      names = "--fail-on-drift",
      arity = "0..1",
      fallbackValue = "true",
      defaultValue = "false",
      description =
          "Ends with 2 for each difference, also for one that the operator would report and leave"
              + " as it is (mode: Observe, the annotation lambdaconfig.dev/ignore-drift).")
  private boolean failOnDrift;

  @Option(
      names = "--color",
      paramLabel = "auto|always|never",
      defaultValue = "auto",
      description =
          "When to colour the text. auto: on a terminal, unless NO_COLOR is set. Default: auto.")
  private Colour colour = Colour.AUTO;

  @Option(
      names = {"-q", "--quiet"},
      arity = "0..1",
      fallbackValue = "true",
      defaultValue = "false",
      description = "Prints no progress on standard error.")
  private boolean quiet;

  @Mixin private AwsOptions aws = new AwsOptions();

  /** Creates options with their defaults. */
  public PlanOptions() {}

  /**
   * Checks all options, and reports all problems together.
   *
   * @throws ParameterException if there are any
   */
  public void requireValid(CommandLine command) {
    List<String> problems = new ArrayList<>(aws.problems());
    if (files.isEmpty()) {
      problems.add(
          "-f is missing: name files or directories with manifests, or - for standard input");
    }
    if (!problems.isEmpty()) {
      throw new ParameterException(command, String.join("\n", problems));
    }
  }

  /** Returns the sources of manifests. */
  public List<String> files() {
    return List.copyOf(files);
  }

  /** Returns the outputs, each {@code FORMAT} or {@code FORMAT=FILE}. */
  public List<String> outputs() {
    return outputs.isEmpty() ? List.of("text") : List.copyOf(outputs);
  }

  /** Returns whether each difference counts as a change. */
  public boolean failOnDrift() {
    return failOnDrift;
  }

  /** Returns when to colour the text. */
  public Colour colour() {
    return colour;
  }

  /** Returns whether no progress is printed. */
  public boolean quiet() {
    return quiet;
  }

  /** Returns the maximum requests per second to one AWS account and Region, 1 to 1000. */
  public double awsMaxRequestsPerSecond() {
    return aws.maxRequestsPerSecond();
  }

  /** Returns the Regions that resources can name; empty for those that the SDK knows. */
  public Set<String> regions() {
    return aws.regions();
  }

  /** Returns whether the operator updates functions without RevisionId. */
  public boolean allowUnguardedUpdates() {
    return aws.allowUnguardedUpdates();
  }
}
