package dev.lambdaconfig.controller;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.aws.KnownRegions;
import dev.lambdaconfig.aws.RateLimitedLambda;
import dev.lambdaconfig.aws.sweep.FleetSweeper;
import dev.lambdaconfig.aws.sweep.RoundListener;
import dev.lambdaconfig.aws.sweep.SweepState;
import dev.lambdaconfig.decision.OperatorMode;
import dev.lambdaconfig.kube.ApiServerBusyException;
import dev.lambdaconfig.kube.ApiServerFailures;
import dev.lambdaconfig.kube.EventRecorder;
import dev.lambdaconfig.kube.secret.BaselineCollector;
import dev.lambdaconfig.kube.secret.BaselineSecrets;
import dev.lambdaconfig.kube.status.StatusRefusedException;
import dev.lambdaconfig.kube.status.StatusStore;
import dev.lambdaconfig.timing.Timing;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Keeps functions as their resources declare them: whatever happens to a resource or its function
 * brings a pass ({@link Passes}), and each pass says when the next one is due.
 *
 * <p>One pass makes at most a few calls and waits for none but these; whatever takes time is waited
 * for by coming back. What fails as expected is a decision, never an exception.
 */
public final class LambdaFunctionConfigReconciler
    implements Reconciler<LambdaFunctionConfig>, ControllerView, AutoCloseable {

  /** The spec cannot be acted on. */
  public static final String INVALID_SPEC = "InvalidSpec";

  /** The function is in a Region that neither the SDK nor {@code --regions} knows. */
  public static final String UNKNOWN_REGION = "UnknownRegion";

  /** Of passes that end in an error that nobody expected: twice as long each time. */
  private static final Duration AFTER_MISTAKE = Duration.ofSeconds(2);

  private static final int LONGEST_AFTER_MISTAKE = 7;

  /** Of passes that the API server had no time for. */
  private static final Duration AFTER_BUSY = Duration.ofSeconds(1);

  private static final Duration LONGEST_AFTER_BUSY = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(LambdaFunctionConfigReconciler.class);

  private final RateLimitedLambda lambda;
  private final StatusStore statuses;
  private final EventRecorder events;
  private final KubernetesClient client;
  private final Settings settings;
  private final Clock clock;
  private final LongSupplier nanos;
  private final DoubleSupplier random;
  private final DriftTimer meter;
  private final WorkQueueAge queueAge;
  private final RequeueTimer timer;
  private final FunctionEventSource watch;
  private final FleetSweeper sweeper;
  private final Observations observations = new Observations();
  private final Map<String, Integer> mistakes = new ConcurrentHashMap<>();
  private final Backoff busy;
  private volatile @Nullable Passes passes;
  private volatile @Nullable IndexerResourceCache<LambdaFunctionConfig> resources;
  private @Nullable PeerEventSource resourceWatch;
  private @Nullable BaselineCollector baselines;

  /**
   * Creates a reconciler.
   *
   * @param client for finalizers and Secrets, under {@code deletionPolicy: Restore} only
   * @param nanos a steady clock, in nanoseconds
   * @param random numbers between 0 and 1, to spread calls in time
   * @param listeners told of what happens
   */
  public LambdaFunctionConfigReconciler(
      RateLimitedLambda lambda,
      StatusStore statuses,
      EventRecorder events,
      KubernetesClient client,
      Settings settings,
      Clock clock,
      LongSupplier nanos,
      DoubleSupplier random,
      Listeners listeners) {
    this.lambda = lambda;
    this.statuses = statuses;
    this.events = events;
    this.client = client;
    this.settings = settings;
    this.clock = clock;
    this.nanos = nanos;
    this.random = random;
    this.busy = new Backoff(AFTER_BUSY, LONGEST_AFTER_BUSY, random);
    this.meter = new DriftTimer(listeners.passes(), nanos);
    this.queueAge = new WorkQueueAge(nanos);
    this.timer = new RequeueTimer(queueAge, nanos);
    this.watch =
        new FunctionEventSource(
            lambda, timer, observations, events, meter, listeners.rounds(), random);
    this.sweeper =
        new FleetSweeper(lambda, settings.sweepInterval(), new Timing(clock, nanos, random), watch);
  }

  /**
   * What the operator was told.
   *
   * @param regions the Regions whose functions are kept
   * @param sweepInterval how soon a change of a function is to be noticed
   * @param allowUnguarded whether to update functions whose endpoint gives no RevisionId
   * @param restoreTimeout how long a deletion may wait for fields to come back
   * @param mode whether to update any function
   * @param operatorNamespace where environment values are kept under {@code deletionPolicy:
   *     Restore}, or null for nowhere
   */
  public record Settings(
      KnownRegions regions,
      Duration sweepInterval,
      boolean allowUnguarded,
      Duration restoreTimeout,
      OperatorMode mode,
      @Nullable String operatorNamespace) {}

  /** Who is told of what happens, for metrics. */
  public record Listeners(ReconcileListener passes, RoundListener rounds) {

    /** Nobody. */
    public static final Listeners NOBODY =
        new Listeners(ReconcileListener.NOBODY, RoundListener.NOBODY);
  }

  @Override
  public List<EventSource<?, LambdaFunctionConfig>> prepareEventSources(
      EventSourceContext<LambdaFunctionConfig> context) {
    IndexerResourceCache<LambdaFunctionConfig> cache = context.getPrimaryCache();
    Targets targets = new Targets(settings.regions());
    BaselineSecrets secrets = new BaselineSecrets(client, settings.operatorNamespace());
    baselines = new BaselineCollector(client, secrets, clock);
    Claims claims = new Claims(cache, targets, settings.mode(), lambda, watch::wake);
    passes =
        new Passes(
            lambda,
            statuses,
            events,
            client,
            secrets,
            claims,
            targets,
            observations,
            sweeper,
            watch,
            meter,
            settings,
            clock,
            nanos,
            random);
    resourceWatch =
        new PeerEventSource(
            claims::claims,
            claims::concernedBy,
            cache,
            baselines::start,
            this::forget,
            this::releaseWished);
    watch.lookIn(cache);
    resources = cache;
    return List.of(resourceWatch, timer);
  }

  @Override
  public UpdateControl<LambdaFunctionConfig> reconcile(
      LambdaFunctionConfig resource, Context<LambdaFunctionConfig> context) {
    ResourceID id = ResourceID.fromResource(resource);
    long began = queueAge.begun(id);
    boolean failed = true;
    try {
      failed = !pass(resource, id, context.isPrimaryResourceDeleted());
    } catch (StackOverflowError | LinkageError | AssertionError e) {
      // The framework (5.2.3) goes on after an exception only: with an error the resource would
      // stay marked as being worked on, for ever.
      throw new IllegalStateException("a pass ended in an error", e);
    } finally {
      queueAge.ended(id);
      meter.ended(began, failed);
      forgetIfGone(resource, id);
    }
    return UpdateControl.noUpdate();
  }

  /** Returns whether the pass got to its end. */
  private boolean pass(LambdaFunctionConfig resource, ResourceID id, boolean deleted) {
    if (deleted) {
      Objects.requireNonNull(baselines).gone(resource);
      Objects.requireNonNull(resourceWatch).lookForSuccessor(resource);
      return true;
    }
    String uid = resource.getMetadata().getUid();
    try {
      Passes.Next next = passes().pass(resource);
      mistakes.remove(uid);
      busy.reset(uid);
      switch (next) {
        case Passes.After(Duration delay) -> timer.schedule(id, delay);
        case Passes.Never never -> timer.cancel(id);
      }
      return true;
    } catch (ApiServerBusyException e) {
      busy(id, uid, String.valueOf(e.getMessage()), e.retryAfter());
      return false;
    } catch (KubernetesClientException e) {
      if (ApiServerFailures.isPassing(e)) {
        busy(id, uid, ApiServerFailures.describe(e), ApiServerFailures.retryAfter(e));
      } else {
        refused(id, uid, e);
      }
      return false;
    } catch (StatusRefusedException e) {
      refused(id, uid, e);
      return false;
    }
  }

  /**
   * A pass that ran while its resource was deleted has put back what the deletion took away. The
   * framework goes by names: a resource that was made anew meanwhile has the same one.
   */
  private void forgetIfGone(LambdaFunctionConfig resource, ResourceID id) {
    if (!isThere(resource, id)) {
      forget(resource);
    }
  }

  private boolean isThere(LambdaFunctionConfig resource, ResourceID id) {
    String uid = resource.getMetadata().getUid();
    return Objects.requireNonNull(resources)
        .get(id)
        .filter(cached -> uid.equals(cached.getMetadata().getUid()))
        .isPresent();
  }

  /** Something that passes by itself: many resources meet it together, so each says it once. */
  private void busy(ResourceID id, String uid, String what, Duration retryAfter) {
    boolean first = busy.failures(uid) == 0;
    Duration delay = busy.next(uid);
    Duration wait = delay.compareTo(retryAfter) > 0 ? delay : retryAfter;
    LOG.atLevel(first ? Level.WARN : Level.DEBUG)
        .addKeyValue("resource", id)
        .addKeyValue("again", wait)
        .log("{}; what could not be told is told again", what);
    timer.schedule(id, wait);
  }

  private void refused(ResourceID id, String uid, RuntimeException e) {
    int before = mistakes.merge(uid, 1, Integer::sum) - 1;
    Duration delay = AFTER_MISTAKE.multipliedBy(1L << Math.min(before, LONGEST_AFTER_MISTAKE));
    LOG.atWarn()
        .addKeyValue("resource", id)
        .addKeyValue("again", delay)
        .log("the API server did not do what a pass needs: {}", e.getMessage());
    timer.schedule(id, delay);
  }

  private void forget(LambdaFunctionConfig resource) {
    ResourceID id = ResourceID.fromResource(resource);
    passes().forget(resource);
    mistakes.remove(resource.getMetadata().getUid());
    busy.reset(resource.getMetadata().getUid());
    if (Objects.requireNonNull(resources).get(id).isEmpty()) {
      // These go by name: with another resource of it they are that one's.
      timer.cancel(id);
      queueAge.forget(id);
    }
  }

  private void releaseWished(LambdaFunctionConfig resource) {
    passes().breakers().wish(resource.getMetadata().getUid());
  }

  /**
   * Notes a change of a resource.
   *
   * @return whether somebody else changed its status, so that a pass is to put it right now; where
   *     it has to wait, its alarm is set
   */
  public boolean isStatusChangedByOthers(LambdaFunctionConfig now, LambdaFunctionConfig before) {
    Duration wait = statuses.changedByOthers(now, before);
    if (wait == null) {
      return false;
    }
    if (wait.isPositive()) {
      timer.scheduleAtTheLatest(ResourceID.fromResource(now), wait);
      return false;
    }
    return true;
  }

  @Override
  public Set<String> missingStatusFields() {
    return statuses.missingFields();
  }

  private Passes passes() {
    return Objects.requireNonNull(passes);
  }

  @Override
  public ConditionCounts conditionCounts() {
    IndexerResourceCache<LambdaFunctionConfig> cache = resources;
    return cache == null
        ? ConditionCounts.EMPTY
        : ConditionCounts.of(cache.list(), clock.instant());
  }

  @Override
  public List<SweepState> sweeps() {
    return sweeper.states();
  }

  @Override
  public void showPauses(PauseView view) {
    Passes made = passes;
    if (made != null) {
      made.breakers().show(view);
    }
  }

  @Override
  public Duration oldestUnfinishedPass() {
    IndexerResourceCache<LambdaFunctionConfig> cache = resources;
    return queueAge.oldest(id -> cache == null || cache.get(id).isPresent());
  }

  /** For how long a pass that was asked for could have begun, and did not. */
  public Duration longestNotBegun() {
    IndexerResourceCache<LambdaFunctionConfig> cache = resources;
    return queueAge.longestNotBegun(id -> cache == null || cache.get(id).isPresent());
  }

  @Override
  public Duration longestRunningPass() {
    return queueAge.longestRunning();
  }

  /** Sweeps no more, and calls nobody. */
  @Override
  public void close() {
    sweeper.close();
    watch.close();
    BaselineCollector collector = baselines;
    if (collector != null) {
      collector.close();
    }
  }
}
