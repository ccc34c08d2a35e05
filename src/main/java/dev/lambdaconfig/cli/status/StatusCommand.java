package dev.lambdaconfig.cli.status;

import dev.lambdaconfig.cli.cluster.ClusterOptions;
import dev.lambdaconfig.cli.cluster.ReportedState.State;
import dev.lambdaconfig.cli.cluster.ResourceList;
import dev.lambdaconfig.cli.format.SafeText;
import dev.lambdaconfig.cli.status.metrics.MetricsSource;
import dev.lambdaconfig.cli.status.metrics.OperatorFigures;
import dev.lambdaconfig.cli.status.report.FleetJson;
import dev.lambdaconfig.cli.status.report.FleetReport;
import dev.lambdaconfig.cli.status.report.FleetTally;
import dev.lambdaconfig.cli.status.report.FleetText;
import dev.lambdaconfig.cli.stream.StandardInput;
import dev.lambdaconfig.timing.Timing;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows the state of a fleet. */
@Command(
    name = "status",
    description =
        "Shows the state of a fleet: resources by state and reason, the oldest differences, and"
            + " with --metrics the budgets and sweeps of operators. It only reads.",
    footer = {
      "",
      "Examples:",
      "  lambda-config-operator status",
      "  lambda-config-operator status -n team-a -o json",
      "  lambda-config-operator status --metrics http://localhost:8080/metrics",
      "",
      "It ends with 0, also if resources are stalled, with 1 if something cannot be read, and under"
          + " --fail-on-stalled with 2 if a resource is stalled."
    },
    mixinStandardHelpOptions = true)
public final class StatusCommand implements Callable<Integer> {

  private static final int DONE = 0;
  private static final int INCOMPLETE = 1;
  private static final int STALLED = 2;

  private static final Duration METRICS_LIMIT = Duration.ofSeconds(10);

  @Mixin private StatusOptions options = new StatusOptions();

  @Mixin private ClusterOptions cluster = new ClusterOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  private final Map<String, String> environment;

  /** Creates the command of a process. */
  public StatusCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    requireValid();
    PrintWriter err = spec.commandLine().getErr();
    FleetTally tally = new FleetTally();
    boolean ofOneMoment;
    try (KubernetesClient client = cluster.client()) {
      try {
        ofOneMoment =
            new ResourceList(client, options.namespace(), options.selector()).forEach(tally::add);
      } catch (KubernetesClientException e) {
        err.println("error: " + unreadable(client, e));
        return INCOMPLETE;
      }
    }
    Instant now = Timing.system().clock().instant();
    FleetReport report = tally.report(now, options.namespace(), ofOneMoment, operators());
    print(report);
    return exitCode(report, err);
  }

  private void requireValid() {
    List<String> problems = options.problems();
    String problem = cluster.problem();
    if (problem != null) {
      problems.add(problem);
    }
    if (!problems.isEmpty()) {
      throw new ParameterException(spec.commandLine(), String.join("\n", problems));
    }
  }

  private String unreadable(KubernetesClient client, KubernetesClientException failure) {
    String message = ClusterOptions.unreadable(client.getMasterUrl(), failure);
    return failure.getCode() == 403 && options.namespace() == null
        ? message + ". Without that right in all namespaces, name one: -n NAMESPACE"
        : message;
  }

  private List<OperatorFigures> operators() {
    return options.metrics().stream()
        .map(source -> new MetricsSource(source, StandardInput.ofProcess(), METRICS_LIMIT).read())
        .toList();
  }

  private void print(FleetReport report) {
    String text =
        options.isJson()
            ? FleetJson.of(report)
            : FleetText.of(report, options.showsColours(environment));
    spec.commandLine().getOut().println(text);
  }

  private int exitCode(FleetReport report, PrintWriter err) {
    boolean complete = true;
    for (OperatorFigures operator : report.operators()) {
      @Nullable String problem = operator.problem();
      if (problem != null) {
        complete = false;
        err.println(SafeText.of("error: the metrics at " + operator.source() + ": " + problem));
      }
    }
    if (!complete) {
      return INCOMPLETE;
    }
    return options.failsOnStalled() && report.count(State.Stalled) > 0 ? STALLED : DONE;
  }
}
