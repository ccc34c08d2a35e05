package dev.lambdaconfig.cli.plan;

import dev.lambdaconfig.aws.CallListener;
import dev.lambdaconfig.aws.KnownRegions;
import dev.lambdaconfig.aws.read.FleetReader;
import dev.lambdaconfig.aws.sdk.DefaultRegion;
import dev.lambdaconfig.aws.sdk.LambdaClients;
import dev.lambdaconfig.aws.sdk.SdkFunctionReads;
import dev.lambdaconfig.aws.sdk.SdkRegions;
import dev.lambdaconfig.cli.credentials.AdvisedReads;
import dev.lambdaconfig.cli.format.StandardStream;
import dev.lambdaconfig.cli.manifest.ExcludedFiles;
import dev.lambdaconfig.cli.manifest.ManifestSet;
import dev.lambdaconfig.cli.manifest.Manifests;
import dev.lambdaconfig.cli.plan.planning.PlanInput;
import dev.lambdaconfig.cli.plan.planning.Planner;
import dev.lambdaconfig.cli.plan.planning.SourceLookup;
import dev.lambdaconfig.cli.plan.report.FunctionPlan;
import dev.lambdaconfig.cli.plan.report.PlanReport;
import dev.lambdaconfig.cli.plan.source.ClusterSources;
import dev.lambdaconfig.cli.plan.source.LiveResources;
import dev.lambdaconfig.cli.plan.source.ManifestSources;
import dev.lambdaconfig.cli.runtimes.RuntimeDates;
import dev.lambdaconfig.controller.resource.Targets;
import dev.lambdaconfig.timing.Timing;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;

/** One run of the command: reads what it plans for, and the functions, once. */
final class PlanRun {

  private static final String OTHERS_UNKNOWN =
      "RBAC allows to list the resources of --namespace only: that an older one of another"
          + " namespace manages the same function, a Conflict, is not known";

  private final Map<String, String> environment;
  private final StandardStreams streams;
  private final PlanOptions options;
  private final RuntimeDates dates;
  private final Timing timing = Timing.system();

  PlanRun(
      Map<String, String> environment,
      StandardStreams streams,
      PlanOptions options,
      RuntimeDates dates) {
    this.environment = environment;
    this.streams = streams;
    this.options = options;
    this.dates = dates;
  }

  /** The plan of manifests, without a cluster. */
  PlanReport plan() throws InterruptedException {
    return ofManifests(SourceLookup.NONE);
  }

  /**
   * The plan of manifests, or of the resources of a cluster, with the values of its Secrets and
   * ConfigMaps.
   */
  PlanReport plan(KubernetesClient cluster) throws InterruptedException {
    SourceLookup sources = new ClusterSources(cluster);
    if (!options.live()) {
      return ofManifests(sources);
    }
    List<String> namespaces = options.namespaces();
    LiveResources live = LiveResources.in(cluster, namespaces);
    if (!live.allKnown()) {
      streams.err().println(OTHERS_UNKNOWN);
    }
    List<FunctionPlan> plans =
        new ArrayList<>(
            planned(
                live.resources(),
                input ->
                    namespaces.isEmpty()
                        || namespaces.contains(input.resource().getMetadata().getNamespace()),
                sources));
    plans.sort(Comparator.comparing(plan -> plan.origin().resource()));
    return new PlanReport(plans, new TreeMap<>());
  }

  private PlanReport ofManifests(SourceLookup others) throws InterruptedException {
    ManifestSet manifests =
        Manifests.read(options.files(), new ExcludedFiles(options.excluded()), streams.in());
    manifests.noteLines().forEach(streams.err()::println);
    ManifestInputs inputs = ManifestInputs.of(manifests);
    ManifestSources sources = new ManifestSources(manifests.sources());
    List<FunctionPlan> plans =
        new ArrayList<>(planned(inputs.resources(), input -> true, sources.orElse(others)));
    plans.addAll(inputs.failed());
    plans.sort(
        Comparator.<FunctionPlan>comparingInt(
                plan -> manifests.place(Objects.requireNonNullElse(plan.origin().file(), "")))
            .thenComparingInt(plan -> plan.origin().line()));
    return new PlanReport(plans, sources.unused(manifests.skippedKinds()));
  }

  private List<FunctionPlan> planned(
      List<PlanInput> inputs, Predicate<PlanInput> wanted, SourceLookup sources)
      throws InterruptedException {
    KnownRegions regions =
        new KnownRegions(options.regions(), SdkRegions::all, DefaultRegion.fromEnvironment());
    Instant now = timing.clock().instant();
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    Planner planner =
        new Planner(
            new Targets(regions),
            sources,
            runtime -> dates.warning(runtime, today),
            options.allowUnguardedUpdates(),
            now);
    try (LambdaClients clients = LambdaClients.onlyReading()) {
      FleetReader reader =
          new FleetReader(
              new AdvisedReads(new SdkFunctionReads(clients, CallListener.NONE), environment),
              options.awsMaxRequestsPerSecond(),
              timing);
      return planner.plan(
          inputs,
          wanted,
          functions -> {
            Progress progress = progress(functions.size());
            try {
              return reader.read(functions, progress::read);
            } finally {
              progress.end();
            }
          });
    }
  }

  private Progress progress(int functions) {
    return new Progress(
        options.quiet() ? StandardStreams.nowhere() : streams.err(),
        StandardStream.ERR.takesEscapes(environment),
        timing.nanos(),
        functions);
  }
}
