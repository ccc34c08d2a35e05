package dev.lambdaconfig.cli.run;

import dev.lambdaconfig.aws.KnownRegions;
import dev.lambdaconfig.aws.RateLimitedLambda;
import dev.lambdaconfig.aws.sdk.LambdaClients;
import dev.lambdaconfig.aws.sdk.SdkRegions;
import dev.lambdaconfig.cli.options.RunOptions;
import dev.lambdaconfig.cli.preflight.NamespaceRights;
import dev.lambdaconfig.cli.preflight.Preflight;
import dev.lambdaconfig.cli.preflight.StartupException;
import dev.lambdaconfig.controller.ControllerModule;
import dev.lambdaconfig.controller.Neighbours;
import dev.lambdaconfig.controller.OperatorSettings;
import dev.lambdaconfig.identity.TenantIdentities;
import dev.lambdaconfig.kube.EventRecorder;
import dev.lambdaconfig.kube.KubernetesEventRecorder;
import dev.lambdaconfig.kube.identity.KubernetesServiceAccounts;
import dev.lambdaconfig.kube.status.StatusStore;
import dev.lambdaconfig.ops.ManagementServer;
import dev.lambdaconfig.ops.OperatorHealth;
import dev.lambdaconfig.ops.StateSnapshot;
import dev.lambdaconfig.ops.informer.LeftOutNamespaces;
import dev.lambdaconfig.ops.metrics.OperatorMetrics;
import dev.lambdaconfig.timing.Timing;
import dev.lambdaconfig.values.WatchedSources;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The operator, wired and running. */
public final class RunningOperator implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RunningOperator.class);

  private final ManagementModule.Ports ports;
  private final List<Runnable> stopSequence;
  private final AtomicBoolean closed = new AtomicBoolean();

  private RunningOperator(ManagementModule.Ports ports, List<Runnable> stopSequence) {
    this.ports = ports;
    this.stopSequence = stopSequence;
  }

  /**
   * Starts an operator that works alone, and returns when it watches its resources.
   *
   * @param client closed with the operator
   * @param clients closed with the operator
   * @param defaultRegion the Region of functions whose resource names none, or null
   * @throws StartupException if it cannot start, with what to do about it
   */
  public static RunningOperator start(
      KubernetesClient client,
      LambdaClients clients,
      StatusStore statuses,
      @Nullable String defaultRegion,
      RunOptions options)
      throws StartupException {
    return start(
        client,
        clients,
        statuses,
        defaultRegion,
        options,
        NamespaceRights.all(options.namespaces()),
        LeaderElection.none());
  }

  /**
   * Starts an operator that can take part in an election.
   *
   * @param rights where it can work; the rest it watches once it may
   */
  static RunningOperator start(
      KubernetesClient client,
      LambdaClients clients,
      StatusStore statuses,
      @Nullable String defaultRegion,
      RunOptions options,
      NamespaceRights rights,
      LeaderElection election)
      throws StartupException {
    PolicyWatch policy = PolicyWatch.of(options);
    OperatorMetrics metrics = new OperatorMetrics();
    WorkerPool workers = new WorkerPool(options.workers());
    LambdaModule.Calls calls =
        LambdaModule.calls(clients, election, options.awsMaxRequestsPerSecond(), workers, metrics);
    RateLimitedLambda lambda = calls.lambda();

    EventRecorder events = new KubernetesEventRecorder(client, Clock.systemUTC());
    ControllerModule controller =
        controller(
            client, calls, statuses, events, metrics, defaultRegion, policy, election, options);
    OperatorRuntime runtime = new OperatorRuntime(client, workers, election);
    runtime.register(controller, options, rights.granted());
    LeftOutNamespaces leftOut =
        new LeftOutNamespaces(
            rights.refused().keySet(),
            namespaces -> Preflight.granted(client, namespaces),
            runtime::watch,
            Timing.system().random());

    metrics.watch(lambda.accounts(), controller.view(), election::isLeading, workers.executor());
    metrics.watchInformers(() -> runtime.watches().missing() + leftOut.missing());
    if (policy.file() != null) {
      metrics.watch(policy.file()::isInForce);
    }
    OperatorHealth health =
        OperatorHealth.of(
            runtime.operator(),
            controller.view()::longestRunningReconcile,
            controller.view()::longestNotBegun,
            election::silence);
    ManagementModule.Ports ports;
    try {
      ports =
          ManagementModule.serve(
              options.managementPort(),
              options.debugPort(),
              health,
              metrics::scrape,
              new StateSnapshot(
                  List.of(
                      controller,
                      lambda,
                      calls.credentials(),
                      clients,
                      events,
                      workers,
                      runtime.watches(),
                      leftOut)));
    } catch (StartupException e) {
      events.close();
      clients.close();
      client.close();
      throw e;
    }

    RunningOperator running =
        new RunningOperator(
            ports,
            List.of(
                election::stopping,
                policy::close,
                leftOut::close,
                controller::close,
                runtime::stop,
                events::close,
                // Only now: until here, a reconcile could still write.
                election::release,
                // Probes are answered for as long as reconciles can run.
                ports::close,
                clients::close,
                client::close));
    try {
      runtime.start();
      election.start(client, controller::lead);
      leftOut.start();
    } catch (StartupException e) {
      running.close();
      throw e;
    }
    policy.start(controller::policyChanged);
    return running;
  }

  private static ControllerModule controller(
      KubernetesClient client,
      LambdaModule.Calls calls,
      StatusStore statuses,
      EventRecorder events,
      OperatorMetrics metrics,
      @Nullable String defaultRegion,
      PolicyWatch policy,
      LeaderElection election,
      RunOptions options) {
    return new ControllerModule(
        new Neighbours(
            calls.lambda(),
            statuses,
            events,
            listener -> new WatchedSources(client, options.valueWatch(), listener, Timing.system()),
            client,
            new TenantIdentities.Ports(
                new KubernetesServiceAccounts(client),
                calls.sessions(),
                options.identity().credentialsMaxAge()),
            new Neighbours.Listeners(metrics.passes(), metrics.rounds()),
            election::isLeading),
        new OperatorSettings(
            options.namespaces(),
            new KnownRegions(options.regions(), SdkRegions::all, defaultRegion),
            options.sweepInterval(),
            options.allowUnguardedUpdates(),
            options.restoreTimeout(),
            options.mode(),
            options.identity().required(),
            options.operatorNamespace(client.getConfiguration().getNamespace()),
            policy),
        Timing.system());
  }

  /** Returns the port of probes and metrics. */
  public int managementPort() {
    return ports.management().port();
  }

  /** Returns the port of {@code /debug/state}, or null if there is none. */
  public @Nullable Integer debugPort() {
    ManagementServer debug = ports.debug();
    return debug == null ? null : debug.port();
  }

  /**
   * Stops: lets running reconciles end, for 20 s at most, then releases the Lease and all clients.
   */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      LOG.info("stopping");
      stopSequence.forEach(RunningOperator::stop);
    }
  }

  /** A step that fails keeps none of the others from being taken: the Lease, clients, the port. */
  private static void stop(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException | LinkageError e) {
      LOG.atError().log("a step of the stop failed; the others are taken", e);
    }
  }
}
