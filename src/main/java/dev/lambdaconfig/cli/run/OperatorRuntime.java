package dev.lambdaconfig.cli.run;

import static java.util.Objects.requireNonNull;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.cli.options.RunOptions;
import dev.lambdaconfig.cli.preflight.RootCause;
import dev.lambdaconfig.cli.preflight.StartupException;
import dev.lambdaconfig.controller.ControllerModule;
import dev.lambdaconfig.controller.ownership.ArrivingNamespaces;
import dev.lambdaconfig.controller.trigger.StatusCorrections;
import dev.lambdaconfig.controller.trigger.UpdateFilter;
import dev.lambdaconfig.kube.lists.StreamedLists;
import dev.lambdaconfig.kube.reading.SharingCloner;
import dev.lambdaconfig.ops.informer.Informers;
import dev.lambdaconfig.ops.informer.WatchMonitor;
import dev.lambdaconfig.ops.informer.WatchPatience;
import dev.lambdaconfig.ops.informer.WatchedNamespaces;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.OperatorException;
import io.javaoperatorsdk.operator.RegisteredController;
import io.javaoperatorsdk.operator.health.InformerHealthIndicator;
import io.javaoperatorsdk.operator.processing.Controller;
import io.javaoperatorsdk.operator.processing.event.rate.RateLimiter;
import io.javaoperatorsdk.operator.processing.event.rate.RateLimiter.RateLimitState;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** JOSDK's operator, with the settings that this operator needs. */
final class OperatorRuntime {

  private static final Logger LOG = LoggerFactory.getLogger(OperatorRuntime.class);

  /** Exit code of a process that lost an informer. */
  private static final int STOPPED = 1;

  /** Time that running reconciles have to end when the operator stops. */
  private static final Duration GRACE = Duration.ofSeconds(20);

  /**
   * Time in which the first list of all resources has to end. The framework's own two minutes are
   * too short for gigabytes, or for an API server that recovers, to which each new start would add
   * the whole list again.
   */
  static final Duration LONGEST_LIST = Duration.ofMinutes(15);

  /**
   * The limit of reconciles of a resource: none, because AWS is what has limits. The framework's
   * own keeps times of each resource also where it does not limit.
   */
  private static final RateLimiter<RateLimitState> UNLIMITED =
      new RateLimiter<>() {
        private final RateLimitState none = new RateLimitState() {};

        @Override
        public Optional<Duration> isLimited(RateLimitState state) {
          return Optional.empty();
        }

        @Override
        public RateLimitState initState() {
          return none;
        }
      };

  private final Operator operator;
  private final LeaderElection election;
  private volatile @Nullable Registered registered;
  private final WatchMonitor watches;

  /** The namespaces of the controller. */
  private record Registered(ArrivingNamespaces arrivals, WatchedNamespaces namespaces) {}

  /** Creates an operator without controllers. */
  OperatorRuntime(KubernetesClient client, WorkerPool workers, LeaderElection election) {
    this.election = election;
    this.operator =
        new Operator(
            configuration ->
                configuration
                    .withKubernetesClient(client)
                    .withCloseClientOnStop(false)
                    .withResourceCloner(new SharingCloner(client.getKubernetesSerialization()))
                    .withExecutorService(workers.executor())
                    .withReconciliationTerminationTimeout(GRACE)
                    .withCacheSyncTimeout(LONGEST_LIST)
                    .withInformerStoppedHandler(this::informerStopped));
    this.watches =
        new WatchMonitor(
            this::informers,
            WatchPatience.of(
                Duration.ofMillis(client.getConfiguration().getWatchReconnectInterval())),
            System::nanoTime);
  }

  /**
   * Registers the controller for the resources that the options select.
   *
   * @param namespaces the namespaces to watch first; empty for all
   */
  void register(ControllerModule controller, RunOptions options, Set<String> namespaces) {
    // To an operator that stands by, each status was written by another one.
    StatusCorrections corrections = controller.corrections();
    UpdateFilter filter =
        new UpdateFilter(
            (now, before) -> election.isLeading() && corrections.isDueAfter(now, before));
    RegisteredController<LambdaFunctionConfig> face =
        operator.register(
            controller.face(),
            configuration -> {
              configuration
                  // The framework's own filter would hide annotations.
                  .withGenerationAware(false)
                  // A Cleaner would put its finalizer on every resource, needed or not.
                  .withTriggerReconcilerOnAllEvents(true)
                  .withOnUpdateFilter(filter)
                  .withReconciliationMaxInterval(null)
                  .withInformerListLimit(StreamedLists.PAGE)
                  .withRateLimiter(UNLIMITED)
                  .withRetry(unlimited());
              if (!namespaces.isEmpty()) {
                configuration.settingNamespaces(namespaces);
              }
              if (options.selector() != null) {
                configuration.withLabelSelector(options.selector());
              }
            });
    var source =
        ((Controller<LambdaFunctionConfig>) face)
            .getEventSourceManager()
            .getControllerEventSource();
    registered =
        new Registered(
            controller.arrivals(),
            new WatchedNamespaces(
                namespaces,
                source::changeNamespaces,
                () -> source.informerHealthIndicators().values()));
  }

  /**
   * Watches one more namespace, and returns when its resources are known.
   *
   * @throws RuntimeException if it cannot be watched, or the operator stops; all is then as before
   */
  void watch(String namespace) {
    Registered controller = requireNonNull(registered);
    controller.arrivals().arrive(namespace, () -> controller.namespaces().add(namespace));
  }

  /** Ends the process if an informer has ended that had read its resources, as JOSDK does. */
  private void informerStopped(SharedIndexInformer<?> informer, @Nullable Throwable failure) {
    Registered controller = registered;
    if (failure != null
        && informer.hasSynced()
        && controller != null
        && controller.namespaces().hasLostOne()) {
      restart(failure);
    }
  }

  private static void restart(Throwable failure) {
    LOG.atError()
        .setCause(failure)
        .log("an informer has ended, so this process ends: it would not see all resources");
    // The stop waits for threads of the client, and for a namespace that is being added.
    Thread.ofPlatform().name("restart").start(() -> System.exit(STOPPED));
  }

  /** The informers that the operator relies on: not that of a namespace that is still listed. */
  private List<InformerHealthIndicator> informers() {
    Registered controller = registered;
    return Informers.of(operator).stream()
        .filter(
            informer ->
                controller == null
                    || !controller.namespaces().isArriving(informer.getTargetNamespace()))
        .toList();
  }

  /** Retries unexpected exceptions; expected failures are decisions and never get here. */
  private static GenericRetry unlimited() {
    return new GenericRetry()
        .setInitialInterval(Duration.ofSeconds(2))
        .setIntervalMultiplier(2)
        .setMaxInterval(Duration.ofMinutes(5).toMillis())
        .withoutMaxAttempts();
  }

  /** The operator, for its health. */
  Operator operator() {
    return operator;
  }

  /** The monitor of the watches that the operator has lost. */
  WatchMonitor watches() {
    return watches;
  }

  /**
   * Starts, and returns when the resources are watched.
   *
   * @throws StartupException if they cannot be watched
   */
  void start() throws StartupException {
    try {
      operator.start();
      watches.start();
    } catch (OperatorException | KubernetesClientException e) {
      throw new StartupException(
          "the operator cannot watch its resources: " + RootCause.of(e).getMessage(), e);
    }
  }

  /** Lets running reconciles end, for 20 s at most, and stops. */
  void stop() {
    watches.close();
    Registered controller = registered;
    if (controller == null) {
      operator.stop();
    } else {
      controller.namespaces().stop(operator::stop);
    }
  }
}
