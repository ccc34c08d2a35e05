package dev.lambdaconfig.cli.plan;

import dev.lambdaconfig.cli.cluster.ClusterOptions;
import dev.lambdaconfig.cli.plan.report.PlanReport;
import dev.lambdaconfig.cli.preflight.AwsVariables;
import dev.lambdaconfig.cli.runtimes.RuntimeDates;
import dev.lambdaconfig.cli.runtimes.RuntimeDatesOption;
import dev.lambdaconfig.kube.ApiServerBusyException;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Prints what the operator would change. */
@Command(
    name = PlanCommand.NAME,
    description =
        "Prints what the operator would change, by manifests and the functions that they name. It"
            + " only reads, and needs a cluster only for --live, and for --kubeconfig or --context,"
            + " which compare the values of Secrets and ConfigMaps as well. Exit code: 0 nothing to"
            + " do, 2 changes, 1 error.",
    footer = {
      "",
      "Examples:",
      "  lambda-config-operator plan -f functions/",
      "  kustomize build overlays/prod | lambda-config-operator plan -f - --context prod",
      "  lambda-config-operator plan -f functions/ -o github -o markdown=comment.md",
      "  lambda-config-operator plan --live --namespace team-a --fail-on-drift"
    },
    mixinStandardHelpOptions = true)
public final class PlanCommand implements Callable<Integer> {

  /** The command's name. */
  public static final String NAME = "plan";

  @Mixin private PlanOptions options = new PlanOptions();
  @Mixin private ClusterOptions cluster = new ClusterOptions();
  @Mixin private RuntimeDatesOption runtimes = new RuntimeDatesOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  private final Map<String, String> environment;
  private final StandardStreams streams;

  /** Creates the command of a process. */
  public PlanCommand(Map<String, String> environment) {
    this(environment, StandardStreams.ofProcess());
  }

  PlanCommand(Map<String, String> environment, StandardStreams streams) {
    this.environment = environment;
    this.streams = streams;
  }

  @Override
  public Integer call() throws InterruptedException {
    options.requireValid(spec.commandLine());
    List<String> problems = AwsVariables.problems(environment);
    if (!problems.isEmpty()) {
      throw new ParameterException(spec.commandLine(), String.join("\n", problems));
    }
    List<OutputTarget> targets = targets();
    PlanRun run = new PlanRun(environment, streams, options, dates());
    PlanReport report = options.live() || cluster.isChosen() ? withCluster(run) : run.plan();
    if (report == null) {
      return PlanReport.FAILED;
    }
    List<String> unwritten =
        new Outputs(environment, streams, options.showsColours(environment))
            .write(report, targets, options.failOnDrift());
    unwritten.forEach(problem -> streams.err().println("error: " + problem));
    return unwritten.isEmpty() ? report.exitCode(options.failOnDrift()) : PlanReport.FAILED;
  }

  private List<OutputTarget> targets() {
    try {
      List<OutputTarget> targets = options.outputs().stream().map(OutputTarget::parse).toList();
      OutputTarget.requireDifferentPlaces(targets);
      return targets;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private RuntimeDates dates() {
    return runtimes.dates(spec.commandLine());
  }

  /** The plan with what a cluster has, or null where that cannot be read, which is then printed. */
  private @Nullable PlanReport withCluster(PlanRun run) throws InterruptedException {
    String problem = cluster.problem();
    if (problem != null) {
      throw new ParameterException(spec.commandLine(), problem);
    }
    try (KubernetesClient client = cluster.client()) {
      try {
        String hidden = options.live() ? ClusterOptions.hidden(client) : null;
        return hidden == null ? run.plan(client) : failed(hidden);
      } catch (KubernetesClientException e) {
        return failed(ClusterOptions.unreadable(client.getMasterUrl(), e));
      } catch (ApiServerBusyException e) {
        return failed(e.getMessage() + ": the API server is " + client.getMasterUrl());
      }
    }
  }

  private @Nullable PlanReport failed(String message) {
    streams.err().println("error: " + message);
    return null;
  }
}
