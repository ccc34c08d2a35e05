package dev.lambdaconfig.cli.plan;

import dev.lambdaconfig.aws.CallListener;
import dev.lambdaconfig.aws.KnownRegions;
import dev.lambdaconfig.aws.read.FleetReader;
import dev.lambdaconfig.aws.sdk.DefaultRegion;
import dev.lambdaconfig.aws.sdk.LambdaClients;
import dev.lambdaconfig.aws.sdk.SdkFunctionReads;
import dev.lambdaconfig.aws.sdk.SdkRegions;
import dev.lambdaconfig.cli.manifest.ManifestSet;
import dev.lambdaconfig.cli.manifest.Manifests;
import dev.lambdaconfig.cli.options.PlanOptions;
import dev.lambdaconfig.cli.plan.planning.Planner;
import dev.lambdaconfig.cli.plan.planning.SourceLookup;
import dev.lambdaconfig.cli.plan.report.FunctionPlan;
import dev.lambdaconfig.cli.plan.report.PlanReport;
import dev.lambdaconfig.controller.resource.Targets;
import dev.lambdaconfig.timing.Timing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
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
            + " needs no cluster and only reads. Exit code: 0 nothing to do, 2 changes, 1 error.",
    mixinStandardHelpOptions = true)
public final class PlanCommand implements Callable<Integer> {

  /** The command's name. */
  public static final String NAME = "plan";

  @Mixin private PlanOptions options = new PlanOptions();

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
  public Integer call() throws IOException, InterruptedException {
    options.requireValid(spec.commandLine());
    List<OutputTarget> targets = targets();
    PlanReport report = plan(Manifests.read(options.files(), streams.in()));
    new Outputs(environment, streams, new TerminalDetection(environment).coloured(options.colour()))
        .write(report, targets, options.failOnDrift());
    return report.exitCode(options.failOnDrift());
  }

  private List<OutputTarget> targets() {
    try {
      return options.outputs().stream().map(OutputTarget::parse).toList();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private PlanReport plan(ManifestSet manifests) throws InterruptedException {
    ManifestInputs inputs = ManifestInputs.of(manifests);
    Timing timing = Timing.system();
    KnownRegions regions =
        new KnownRegions(options.regions(), SdkRegions::all, DefaultRegion.fromEnvironment());
    Planner planner =
        new Planner(
            new Targets(regions),
            SourceLookup.NONE,
            options.allowUnguardedUpdates(),
            timing.clock().instant());
    try (LambdaClients clients = LambdaClients.onlyReading()) {
      FleetReader reader =
          new FleetReader(
              new AdvisedReads(new SdkFunctionReads(clients, CallListener.NONE), environment),
              options.awsMaxRequestsPerSecond(),
              timing);
      List<FunctionPlan> plans =
          new ArrayList<>(
              planner.plan(
                  inputs.resources(),
                  functions -> {
                    Progress progress = progress(timing, functions.size());
                    try {
                      return reader.read(functions, progress::read);
                    } finally {
                      progress.end();
                    }
                  }));
      plans.addAll(inputs.failed());
      return new PlanReport(plans, manifests.skippedKinds());
    }
  }

  private Progress progress(Timing timing, int functions) {
    return new Progress(
        options.quiet() ? StandardStreams.nowhere() : streams.err(),
        new TerminalDetection(environment).showsProgress(),
        timing.nanos(),
        functions);
  }
}
