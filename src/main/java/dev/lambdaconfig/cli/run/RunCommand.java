package dev.lambdaconfig.cli.run;

import dev.lambdaconfig.aws.sdk.DefaultRegion;
import dev.lambdaconfig.aws.sdk.LambdaClients;
import dev.lambdaconfig.cli.options.ModeConverter;
import dev.lambdaconfig.cli.options.RunOptions;
import dev.lambdaconfig.cli.preflight.AwsVariables;
import dev.lambdaconfig.cli.preflight.Kubeconfig;
import dev.lambdaconfig.cli.preflight.KubernetesVariables;
import dev.lambdaconfig.cli.preflight.NamespaceRights;
import dev.lambdaconfig.cli.preflight.Preflight;
import dev.lambdaconfig.cli.preflight.StartupException;
import dev.lambdaconfig.kube.StoredReads;
import dev.lambdaconfig.kube.lists.ServerVersion;
import dev.lambdaconfig.kube.lists.StreamedLists;
import dev.lambdaconfig.kube.reading.VersionCheck;
import dev.lambdaconfig.kube.schema.ServedSchema;
import dev.lambdaconfig.kube.status.ServerSideApplyStatusStore;
import dev.lambdaconfig.ops.HeapKeeper;
import dev.lambdaconfig.ops.ServerTrust;
import dev.lambdaconfig.ops.election.LeaseRenewals;
import dev.lambdaconfig.timing.Timing;
import dev.lambdaconfig.timing.WaitingThreads;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs the operator until it is asked to terminate. */
@Command(
    name = RunCommand.NAME,
    description =
        "Runs the operator (the default command). It connects to Kubernetes by KUBECONFIG or the"
            + " Pod's service account, and to AWS by AWS_REGION, the default credentials chain,"
            + " AWS_ENDPOINT_URL and AWS_ENDPOINT_URL_LAMBDA.",
    footer = {
      "",
      "Examples:",
      "  lambda-config-operator run --namespaces=team-a,team-b",
      "  lambda-config-operator run --mode=Observe --sweep-interval=5m",
      "",
      "Each option can be an environment variable, such as LAMBDA_CONFIG_SWEEP_INTERVAL=5m."
    },
    mixinStandardHelpOptions = true)
public final class RunCommand implements Callable<Integer> {

  /** The command's name. */
  public static final String NAME = "run";

  /** The result of {@link #call} if the operator keeps running. */
  public static final int RUNNING = -1;

  private static final int FAILED = 1;

  /**
   * Retries by the client itself: few, because reconciles are retried by the requeue policy, and a
   * start is to fail fast.
   */
  private static final int RETRIES = 2;

  private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

  @Mixin private RunOptions options = new RunOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  private final String version;

  /**
   * Creates the command.
   *
   * @param version the operator's version, for the log
   */
  public RunCommand(String version) {
    this.version = version;
  }

  @Override
  public Integer call() {
    options.requireValid(spec.commandLine());
    List<String> problems = new ArrayList<>(AwsVariables.problems(System.getenv()));
    String unusable = Kubeconfig.problem();
    if (unusable != null) {
      problems.add(unusable);
    }
    if (!problems.isEmpty()) {
      return failed(new StartupException(String.join("; ", problems)));
    }
    String region = DefaultRegion.fromEnvironment();
    Interceptors interceptors = Interceptors.create();
    Path policy = options.authorization().dryRunPolicy();
    return policy == null ? run(region, interceptors) : dryRun(policy, region, interceptors);
  }

  /** The interceptors of all requests to the API server. */
  private record Interceptors(
      StreamedLists lists, LeaseRenewals renewals, VersionCheck versions, ServerTrust trust) {

    static Interceptors create() {
      return new Interceptors(
          new StreamedLists(),
          new LeaseRenewals(System::nanoTime, System::currentTimeMillis),
          new VersionCheck(Timing.system()),
          new ServerTrust(System::nanoTime, RunCommand::distrusted));
    }
  }

  private int dryRun(Path policy, @Nullable String region, Interceptors interceptors) {
    try (KubernetesClient client = kubernetesClient(interceptors)) {
      return new PolicyDryRun(client, region, options).run(policy, spec.commandLine().getOut());
    } catch (StartupException e) {
      return failed(e);
    }
  }

  private int run(@Nullable String region, Interceptors interceptors) {
    AtomicReference<Runnable> stop = new AtomicReference<>(RunCommand::stopStart);
    GracefulStop.by(() -> Objects.requireNonNull(stop.get()).run());
    // Concurrently with the requests to the API server: both take time, more for computing than for
    // waiting.
    CompletableFuture<LambdaClients> clients =
        CompletableFuture.supplyAsync(() -> lambdaClients(region));
    KubernetesClient client;
    try {
      client = kubernetesClient(interceptors);
    } catch (StartupException e) {
      return failed(e);
    }
    try {
      CompletableFuture<ServerVersion> served = ServerVersion.ask(client);
      ServedSchema schema = new ServedSchema(client, System::nanoTime);
      NamespaceRights rights = Preflight.check(client, options, schema);
      rights.refused().values().forEach(LOG::error);
      interceptors.lists().adapt(served.join());
      interceptors.versions().start(new StoredReads(client)::list, RunCommand::restart);
      schema.watch(RunCommand::whole);
      // Before the first list of resources: half of what a large one leaves behind is dead.
      HeapKeeper.start();
      RunningOperator operator =
          RunningOperator.start(
              client,
              joined(clients),
              new ServerSideApplyStatusStore(client, schema),
              region,
              options,
              rights,
              LeaderElection.of(
                  options, client.getConfiguration().getNamespace(), interceptors.renewals()));
      stop.set(
          () -> {
            schema.close();
            operator.close();
          });
      logStart(client, region, operator);
      return RUNNING;
    } catch (StartupException e) {
      client.close();
      return failed(e);
    }
  }

  /** Nothing has to be stopped: an end at any moment loses nothing, and repeats nothing. */
  private static void stopStart() {
    if (GracefulStop.isSignalled()) {
      LOG.info("stopping before the start has ended");
    }
  }

  /**
   * Ends the process, so that whoever keeps it running starts one that knows nothing of the future:
   * caches, statuses and claims are of it, and so are the watches of Secrets and ConfigMaps.
   */
  private static void restart(long watched, long stored) {
    LOG.atError()
        .addKeyValue("watched", watched)
        .addKeyValue("stored", stored)
        .log(
            "the resourceVersions of the API server went back, as after a restore of etcd from a"
                + " backup, so this process ends: the next one reads all resources anew");
    fail();
  }

  /** Ends the process, so that the next one reads the CA that has replaced the one of the start. */
  private static void distrusted() {
    LOG.error(
        "the certificate of the API server is signed by no CA that was there at the start, as after"
            + " a rotation of its CA, so this process ends: the next one reads the CA anew");
    fail();
  }

  /** Ends the process, so that the next one reads the specs with all their members. */
  private static void whole() {
    LOG.error(
        "the CustomResourceDefinition has all members of the spec again, so this process ends: the"
            + " next one reads all resources anew");
    fail();
  }

  private static void fail() {
    // The stop waits for threads of the client, of which this can be one.
    Thread.ofPlatform().name("restart").start(() -> System.exit(FAILED));
  }

  private static KubernetesClient kubernetesClient(Interceptors interceptors)
      throws StartupException {
    try {
      Config config = Config.autoConfigure(null);
      // Not by a builder, which would read the kubeconfig again.
      config.setRequestRetryBackoffLimit(RETRIES);
      return interceptors
          .lists()
          .builder(
              http ->
                  http.addOrReplaceInterceptor(LeaseRenewals.NAME, interceptors.renewals())
                      .addOrReplaceInterceptor(VersionCheck.NAME, interceptors.versions())
                      .addOrReplaceInterceptor(ServerTrust.NAME, interceptors.trust()))
          .withConfig(config)
          .build();
    } catch (RuntimeException e) {
      throw new StartupException(KubernetesVariables.message(e, System.getenv()), e);
    }
  }

  private static LambdaClients joined(CompletableFuture<LambdaClients> clients)
      throws StartupException {
    try {
      return clients.join();
    } catch (CompletionException e) {
      throw new StartupException(
          String.valueOf(Objects.requireNonNullElse(e.getCause(), e).getMessage()), e);
    }
  }

  private static LambdaClients lambdaClients(@Nullable String region) {
    LambdaClients clients = LambdaClients.fromEnvironment();
    if (region != null) {
      clients.open(region);
      WaitingThreads.builder().start(() -> clients.prepare(region));
    }
    return clients;
  }

  private void logStart(
      KubernetesClient client, @Nullable String region, RunningOperator operator) {
    LoggingEventBuilder line =
        LOG.atInfo()
            .addKeyValue("version", version)
            .addKeyValue("cluster", client.getMasterUrl())
            .addKeyValue("region", region == null ? "(none: resources must name theirs)" : region)
            .addKeyValue("interval", options.sweepInterval())
            .addKeyValue("mode", ModeConverter.word(options.mode()))
            .addKeyValue("selector", Objects.requireNonNullElse(options.selector(), "(all)"))
            .addKeyValue("managementPort", operator.managementPort())
            // Since the start of the JVM, so that the whole start is included.
            .addKeyValue("startMillis", ManagementFactory.getRuntimeMXBean().getUptime());
    if (operator.debugPort() != null) {
      line = line.addKeyValue("debugPort", operator.debugPort());
    }
    line.log("lambda-config-operator is running");
  }

  /** Returns the options that were parsed last. */
  public RunOptions options() {
    return options;
  }

  private static int failed(StartupException exception) {
    LOG.error("lambda-config-operator cannot start: {}", exception.getMessage());
    return FAILED;
  }
}
