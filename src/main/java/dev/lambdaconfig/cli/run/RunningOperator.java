package dev.lambdaconfig.cli.run;

import dev.lambdaconfig.aws.KnownRegions;
import dev.lambdaconfig.aws.LambdaClients;
import dev.lambdaconfig.aws.RateLimitedLambda;
import dev.lambdaconfig.aws.SdkLambdaFunctions;
import dev.lambdaconfig.cli.options.RunOptions;
import dev.lambdaconfig.cli.preflight.StartupException;
import dev.lambdaconfig.controller.LambdaFunctionConfigReconciler;
import dev.lambdaconfig.controller.UpdateFilter;
import dev.lambdaconfig.kube.EventRecorder;
import dev.lambdaconfig.kube.KubernetesEventRecorder;
import dev.lambdaconfig.kube.SharingCloner;
import dev.lambdaconfig.kube.status.StatusStore;
import dev.lambdaconfig.ops.Leadership;
import dev.lambdaconfig.ops.LeaseRenewals;
import dev.lambdaconfig.ops.ManagementServer;
import dev.lambdaconfig.ops.OperatorHealth;
import dev.lambdaconfig.ops.metrics.OperatorMetrics;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.OperatorException;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The operator, put together and running. */
public final class RunningOperator implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RunningOperator.class);

  /** How long running passes may take to end when the operator stops. */
  private static final Duration GRACE = Duration.ofSeconds(20);

  /** Exit code of a process that may not lead any longer. */
  private static final int NOT_LEADING = 1;

  /**
   * Resources read at once: their JSON is in memory together, twice, and one can have 1.5 MB. A
   * heap of 128 MB has to hold that besides what is cached.
   */
  private static final long LIST_PAGE = 20;

  private final KubernetesClient client;
  private final Operator operator;
  private final LambdaFunctionConfigReconciler reconciler;
  private final LambdaClients clients;
  private final ManagementServer management;
  private final EventRecorder events;
  private final @Nullable Leadership leadership;
  private final AtomicBoolean closed = new AtomicBoolean();

  private RunningOperator(
      KubernetesClient client,
      Operator operator,
      LambdaFunctionConfigReconciler reconciler,
      LambdaClients clients,
      ManagementServer management,
      EventRecorder events,
      @Nullable Leadership leadership) {
    this.client = client;
    this.operator = operator;
    this.reconciler = reconciler;
    this.clients = clients;
    this.management = management;
    this.events = events;
    this.leadership = leadership;
  }

  /**
   * Starts the operator, and returns when it watches its resources.
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
    return start(client, clients, statuses, defaultRegion, options, null);
  }

  /**
   * Starts an operator that can take part in an election.
   *
   * @param renewals an interceptor of the client; needed for {@code --leader-elect}
   */
  static RunningOperator start(
      KubernetesClient client,
      LambdaClients clients,
      StatusStore statuses,
      @Nullable String defaultRegion,
      RunOptions options,
      @Nullable LeaseRenewals renewals)
      throws StartupException {
    OperatorMetrics metrics = new OperatorMetrics();
    WorkerPool workers = new WorkerPool(options.workers());
    Leadership leadership =
        options.leadership().enabled()
            ? leadership(client, options, Objects.requireNonNull(renewals))
            : null;
    Operator operator =
        new Operator(
            configuration -> {
              configuration
                  .withKubernetesClient(client)
                  .withCloseClientOnStop(false)
                  .withResourceCloner(new SharingCloner(client.getKubernetesSerialization()))
                  .withExecutorService(workers.executor())
                  .withReconciliationTerminationTimeout(GRACE);
              if (leadership != null) {
                configuration.withLeaderElectionConfiguration(leadership.configuration());
              }
            });
    EventRecorder events = new KubernetesEventRecorder(client, Clock.systemUTC());
    RateLimitedLambda lambda = lambda(clients, metrics, options, leadership, workers);
    LambdaFunctionConfigReconciler reconciler =
        reconciler(client, lambda, statuses, events, metrics, defaultRegion, options);
    BooleanSupplier leads = () -> leadership == null || leadership.isLeading();
    register(operator, reconciler, leads, options);
    metrics.watch(lambda.accounts(), reconciler, leads, workers.executor());
    OperatorHealth health =
        OperatorHealth.of(operator, reconciler::longestRunningPass, reconciler::longestNotBegun);
    ManagementServer management;
    try {
      management = ManagementServer.start(options.managementPort(), health, metrics::scrape);
    } catch (IOException e) {
      events.close();
      clients.close();
      client.close();
      throw new StartupException(
          "port "
              + options.managementPort()
              + " for probes and metrics cannot be bound ("
              + e.getMessage()
              + "): choose another one with --management-port",
          e);
    }
    RunningOperator running =
        new RunningOperator(client, operator, reconciler, clients, management, events, leadership);
    try {
      operator.start();
    } catch (OperatorException | KubernetesClientException e) {
      running.close();
      throw new StartupException(
          "the operator cannot watch its resources: " + rootCause(e).getMessage(), e);
    }
    return running;
  }

  private static Leadership leadership(
      KubernetesClient client, RunOptions options, LeaseRenewals renewals) throws StartupException {
    String namespace = options.leaseNamespace(client.getConfiguration().getNamespace());
    if (namespace == null) {
      throw new StartupException(
          "no namespace for the Lease of --leader-elect: set --operator-namespace");
    }
    return new Leadership(
        namespace,
        options.leadership().lease(),
        System.getenv("HOSTNAME"),
        renewals,
        () -> Runtime.getRuntime().halt(NOT_LEADING));
  }

  private static RateLimitedLambda lambda(
      LambdaClients clients,
      OperatorMetrics metrics,
      RunOptions options,
      @Nullable Leadership leadership,
      WorkerPool workers) {
    SdkLambdaFunctions functions = new SdkLambdaFunctions(clients, metrics.calls());
    RateLimitedLambda lambda =
        new RateLimitedLambda(
            leadership == null ? functions : new FencedLambda(functions, leadership::requireHeld),
            functions,
            options.awsMaxRequestsPerSecond(),
            System::nanoTime,
            metrics.waits(),
            workers.sharedCalls());
    clients.keepOnly(lambda.accounts()::isUsed);
    lambda.onUnused(clients::closeUnused);
    lambda.onRegions(workers::resize);
    return lambda;
  }

  private static LambdaFunctionConfigReconciler reconciler(
      KubernetesClient client,
      RateLimitedLambda lambda,
      StatusStore statuses,
      EventRecorder events,
      OperatorMetrics metrics,
      @Nullable String defaultRegion,
      RunOptions options) {
    return new LambdaFunctionConfigReconciler(
        lambda,
        statuses,
        events,
        client,
        new LambdaFunctionConfigReconciler.Settings(
            new KnownRegions(options.regions(), defaultRegion),
            options.sweepInterval(),
            options.allowUnguardedUpdates(),
            options.restoreTimeout(),
            options.mode(),
            options.operatorNamespace(client.getConfiguration().getNamespace())),
        Clock.systemUTC(),
        System::nanoTime,
        () -> ThreadLocalRandom.current().nextDouble(),
        new LambdaFunctionConfigReconciler.Listeners(metrics.passes(), metrics.rounds()));
  }

  private static void register(
      Operator operator,
      LambdaFunctionConfigReconciler reconciler,
      BooleanSupplier leads,
      RunOptions options) {
    // To an operator that stands by each status is somebody else's.
    UpdateFilter filter =
        new UpdateFilter(
            (now, before) ->
                leads.getAsBoolean() && reconciler.isStatusChangedByOthers(now, before));
    operator.register(
        reconciler,
        controller -> {
          controller
              // The framework's own filter would hide annotations.
              .withGenerationAware(false)
              // A Cleaner would put its finalizer on every resource, also where nothing is to do.
              .withTriggerReconcilerOnAllEvents(true)
              .withOnUpdateFilter(filter)
              .withReconciliationMaxInterval(null)
              .withInformerListLimit(LIST_PAGE)
              .withRetry(unlimited());
          if (!options.namespaces().isEmpty()) {
            controller.settingNamespaces(options.namespaces());
          }
          if (options.selector() != null) {
            controller.withLabelSelector(options.selector());
          }
        });
  }

  /** For what nobody expected; expected failures are decisions and never get here. */
  private static GenericRetry unlimited() {
    return new GenericRetry()
        .setInitialInterval(Duration.ofSeconds(2))
        .setIntervalMultiplier(2)
        .setMaxInterval(Duration.ofMinutes(5).toMillis())
        .withoutMaxAttempts();
  }

  private static Throwable rootCause(Throwable exception) {
    Throwable cause = exception;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  /** The port that probes and metrics are served on. */
  public int managementPort() {
    return management.port();
  }

  /** Lets running passes end, for 20 s at most, and stops. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    LOG.info("stopping");
    if (leadership != null) {
      leadership.stopping();
    }
    reconciler.close();
    operator.stop();
    events.close();
    if (leadership != null) {
      leadership.release(client);
    }
    management.close();
    clients.close();
    client.close();
  }
}
