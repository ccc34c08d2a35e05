package dev.lambdaconfig.cli.plan;

import dev.lambdaconfig.cli.format.ColourOption;
import dev.lambdaconfig.cli.format.NamespaceNames;
import dev.lambdaconfig.cli.options.AwsOptions;
import dev.lambdaconfig.cli.options.ManifestOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options of {@code plan}. */
final class PlanOptions {

  @Mixin private ManifestOptions manifests = new ManifestOptions();

  @Option(
      names = "--live",
      arity = "0..1",
      paramLabel = "true|false",
      fallbackValue = "true",
      defaultValue = "false",
      description =
          "Plans for the resources that the cluster has, instead of manifests: what the operator"
              + " would change now.")
  private boolean live;

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAMESPACE",
      description =
          "With --live: the resources of this namespace only. Repeatable. Default: those of all"
              + " namespaces.")
  private List<String> namespaces = new ArrayList<>();

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
      paramLabel = "true|false",
      fallbackValue = "true",
      defaultValue = "false",
      description =
          "Ends with 2 for each difference, also for one that the operator would report and leave"
              + " as it is (mode: Observe, the annotation lambdaconfig.dev/ignore-drift).")
  private boolean failOnDrift;

  @Mixin private ColourOption colour = new ColourOption();

  @Option(
      names = {"-q", "--quiet"},
      arity = "0..1",
      paramLabel = "true|false",
      fallbackValue = "true",
      defaultValue = "false",
      description = "Prints no progress on standard error.")
  private boolean quiet;

  @Mixin private AwsOptions aws = new AwsOptions();

  PlanOptions() {}

  /**
   * Checks all options, and reports all problems together.
   *
   * @throws ParameterException if there are any
   */
  void requireValid(CommandLine command) {
    List<String> problems = new ArrayList<>(aws.problems());
    String missing = manifests.problem();
    if (live && manifests.areGiven()) {
      problems.add("--live is about the resources of the cluster: remove -f, or --live");
    } else if (!live && missing != null) {
      problems.add(missing + "; or write --live for the resources of the cluster");
    }
    String exclude = manifests.excludeProblem();
    if (live && !manifests.excluded().isEmpty()) {
      problems.add("--exclude is about manifests: remove it, or --live");
    } else if (exclude != null) {
      problems.add(exclude);
    }
    if (!live && !namespaces.isEmpty()) {
      problems.add("--namespace is about the resources of the cluster: add --live, or remove it");
    }
    namespaces.stream()
        .map(namespace -> NamespaceNames.problem("--namespace", namespace))
        .filter(Objects::nonNull)
        .forEach(problems::add);
    if (!problems.isEmpty()) {
      throw new ParameterException(command, String.join("\n", problems));
    }
  }

  /** Returns the sources of manifests. */
  List<String> files() {
    return manifests.files();
  }

  /** Returns what is left out of directories. */
  List<String> excluded() {
    return manifests.excluded();
  }

  /** Returns whether to plan for the resources of the cluster. */
  boolean live() {
    return live;
  }

  /** Returns the namespaces of these resources; empty for all. */
  List<String> namespaces() {
    return List.copyOf(namespaces);
  }

  /** Returns the outputs, each {@code FORMAT} or {@code FORMAT=FILE}. */
  List<String> outputs() {
    return outputs.isEmpty() ? List.of("text") : List.copyOf(outputs);
  }

  /** Returns whether each difference counts as a change. */
  boolean failOnDrift() {
    return failOnDrift;
  }

  /** Returns whether to colour the text. */
  boolean showsColours(Map<String, String> environment) {
    return colour.showsColours(environment);
  }

  /** Returns whether no progress is printed. */
  boolean quiet() {
    return quiet;
  }

  /** Returns the maximum requests per second to one AWS account and Region, 1 to 1000. */
  double awsMaxRequestsPerSecond() {
    return aws.maxRequestsPerSecond();
  }

  /** Returns the Regions that resources can name; empty for those that the SDK knows. */
  Set<String> regions() {
    return aws.regions();
  }

  /** Returns whether the operator updates functions without RevisionId. */
  boolean allowUnguardedUpdates() {
    return aws.allowUnguardedUpdates();
  }
}
