package dev.lambdaconfig.cli.status;

import dev.lambdaconfig.cli.format.ColourOption;
import dev.lambdaconfig.cli.format.NamespaceNames;
import dev.lambdaconfig.cli.status.metrics.MetricsSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of {@code status}. */
final class StatusOptions {

  /** The forms of the output. */
  enum Output {
    text,
    json
  }

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAMESPACE",
      description = "Reads the resources of this namespace only. Default: of all namespaces.")
  private @Nullable String namespace;

  @Option(
      names = {"-A", "--all-namespaces"},
      description = "Reads the resources of all namespaces, which is the default.")
  private boolean allNamespaces;

  @Option(
      names = {"-l", "--selector"},
      paramLabel = "SELECTOR",
      description = "Reads the resources with these labels only, such as team=a,stage!=test.")
  private @Nullable String selector;

  @Option(
      names = "--metrics",
      paramLabel = "URL|-",
      description =
          "The metrics of an operator, such as http://localhost:8080/metrics, or the standard"
              + " input (-). Repeatable, for shards.")
  private List<String> metrics = new ArrayList<>();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "One of ${COMPLETION-CANDIDATES}.",
      defaultValue = "text")
  private Output output = Output.text;

  @Mixin private ColourOption colour = new ColourOption();

  @Option(names = "--fail-on-stalled", description = "Ends with 2 if a resource is stalled.")
  private boolean failOnStalled;

  StatusOptions() {}

  List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (allNamespaces && namespace != null) {
      problems.add("-n and -A exclude each other: remove one of them");
    }
    String misnamed = namespace == null ? null : NamespaceNames.problem("-n", namespace);
    if (misnamed != null) {
      problems.add(misnamed);
    }
    metrics.stream().map(MetricsSource::problem).filter(Objects::nonNull).forEach(problems::add);
    if (Collections.frequency(metrics, MetricsSource.STANDARD_INPUT) > 1) {
      problems.add("--metrics: the standard input can be read once only");
    }
    return problems;
  }

  @Nullable String namespace() {
    return namespace;
  }

  @Nullable String selector() {
    return selector;
  }

  List<String> metrics() {
    return List.copyOf(metrics);
  }

  boolean isJson() {
    return output == Output.json;
  }

  boolean failsOnStalled() {
    return failOnStalled;
  }

  boolean showsColours(Map<String, String> environment) {
    return colour.showsColours(environment);
  }
}
