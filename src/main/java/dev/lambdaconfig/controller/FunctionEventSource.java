package dev.lambdaconfig.controller;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.aws.RateLimitedLambda;
import dev.lambdaconfig.aws.sweep.RoundListener;
import dev.lambdaconfig.aws.sweep.SweepListener;
import dev.lambdaconfig.kube.EventRecorder;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.status.Notices;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.Cache;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes resources for what happens outside of Kubernetes: a sweep saw that their function changed,
 * or their turn in the request budget has come.
 */
final class FunctionEventSource implements SweepListener, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FunctionEventSource.class);

  /** As long as anybody waits for a turn: between two turns at 40 calls a second. */
  private static final Duration BEAT = Duration.ofMillis(25);

  private final RateLimitedLambda lambda;
  private final RequeueTimer timer;
  private final Observations observations;
  private final EventRecorder events;
  private final DriftTimer meter;
  private final RoundListener rounds;
  private final DoubleSupplier random;
  private final Map<String, ResourceID> resources = new ConcurrentHashMap<>();
  private final AtomicBoolean beating = new AtomicBoolean();
  private final ScheduledExecutorService beat =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("turns").daemon().factory());
  private volatile @Nullable Cache<LambdaFunctionConfig> cache;

  FunctionEventSource(
      RateLimitedLambda lambda,
      RequeueTimer timer,
      Observations observations,
      EventRecorder events,
      DriftTimer meter,
      RoundListener rounds,
      DoubleSupplier random) {
    this.lambda = lambda;
    this.timer = timer;
    this.observations = observations;
    this.events = events;
    this.meter = meter;
    this.rounds = rounds;
    this.random = random;
    lambda.onWaiting(this::awaken);
  }

  void lookIn(Cache<LambdaFunctionConfig> resourceCache) {
    cache = resourceCache;
  }

  void watch(LambdaFunctionConfig resource) {
    resources.put(resource.getMetadata().getUid(), ResourceID.fromResource(resource));
  }

  void forget(String uid) {
    resources.remove(uid);
  }

  @Override
  public void changed(String uid) {
    // At once with the look whether it is there: of one that goes meanwhile nothing may be left.
    resources.computeIfPresent(
        uid,
        (key, resource) -> {
          observations.stale(uid);
          meter.changed(uid);
          return resource;
        });
    wake(uid);
  }

  @Override
  public void readEach(Collection<String> uids, Duration within) {
    for (String uid : uids) {
      long delay = (long) (within.toNanos() * random.getAsDouble());
      resources.computeIfPresent(
          uid,
          (key, resource) -> {
            timer.scheduleAtTheLatest(resource, Duration.ofNanos(delay));
            return resource;
          });
    }
  }

  @Override
  public void listingRefused(String region, Failure why, String watched) {
    ResourceID id = resources.get(watched);
    Cache<LambdaFunctionConfig> known = cache;
    if (id != null && known != null) {
      known
          .get(id)
          .ifPresent(
              about ->
                  events.recordOnce(
                      about,
                      "listing-refused-" + region,
                      // AWS's message names the identity and the action; no function is in it.
                      Notices.listingRefused(region, why.code(), String.valueOf(why.message()))));
    }
  }

  @Override
  public void swept(String region, Duration took, int functions, int changed) {
    LOG.atDebug()
        .addKeyValue("region", region)
        .addKeyValue("took", took)
        .addKeyValue("functions", functions)
        .addKeyValue("changed", changed)
        .log("swept");
    rounds.swept(region, took, functions, changed);
  }

  void wake(String uid) {
    resources.computeIfPresent(
        uid,
        (key, resource) -> {
          timer.trigger(resource);
          return resource;
        });
  }

  /** Somebody waits for a turn. */
  private void awaken() {
    if (beating.compareAndSet(false, true)) {
      nextBeat();
    }
  }

  private void nextBeat() {
    try {
      // Errors are caught in there.
      var unused = beat.schedule(this::callWhoIsDue, BEAT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("no more turns are called: the operator stops");
    }
  }

  private void callWhoIsDue() {
    try {
      lambda.due().forEach(this::wake);
    } catch (RuntimeException e) {
      LOG.error("turns could not be called", e);
    }
    beating.set(false);
    if (lambda.isAwaited()) {
      awaken();
    }
  }

  @Override
  public void close() {
    beat.shutdownNow();
  }
}
