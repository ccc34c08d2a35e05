package dev.lambdaconfig.controller.trigger;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.controller.report.ChangeReporter;
import dev.lambdaconfig.controller.state.ResourceState;
import dev.lambdaconfig.kube.ApiServerBusyException;
import dev.lambdaconfig.kube.ApiServerFailures;
import dev.lambdaconfig.kube.schema.SpecHiddenException;
import dev.lambdaconfig.kube.status.StatusRefusedException;
import dev.lambdaconfig.timing.Backoff;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** The delays after reconciles that the API server kept from their end. */
public final class ReconcileFailures {

  private static final Backoff AFTER_BUSY =
      new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));

  private static final Duration AFTER_REFUSAL = Duration.ofSeconds(2);

  /** Doublings of the delay after a refusal, at most. */
  private static final int MOST_DOUBLINGS = 7;

  private static final Logger LOG = LoggerFactory.getLogger(ReconcileFailures.class);

  /** Until then the process has ended, or there is nothing that a reconcile could do. */
  private static final Duration WHILE_HIDDEN = Duration.ofMinutes(5);

  /** The Events of one process about hidden members; an alert tells of all resources. */
  private static final int MOST_HELD = 100;

  private final ChangeReporter changes;
  private final DoubleSupplier random;
  private final AtomicInteger held = new AtomicInteger();

  /**
   * Creates delays.
   *
   * @param random numbers from 0 to 1, which spread the delays
   */
  public ReconcileFailures(ChangeReporter changes, DoubleSupplier random) {
    this.changes = changes;
    this.random = random;
  }

  /** A reconcile got to its end. */
  public void succeeded(ResourceState state) {
    state.succeeded(ResourceState.Failures.BUSY);
    state.succeeded(ResourceState.Failures.REFUSALS);
  }

  /** The API server gave no answer, or had too much to do. */
  public Duration after(ResourceState state, ApiServerBusyException failure) {
    return busy(state, String.valueOf(failure.getMessage()), failure.retryAfter());
  }

  /** The API server refused a status. */
  public Duration after(ResourceState state, StatusRefusedException failure) {
    return refused(state, failure);
  }

  /** Members of specs are hidden. An Event says it of the first resources: no status can. */
  public Duration after(
      ResourceState state, LambdaFunctionConfig resource, SpecHiddenException failure) {
    int failures = state.failed(ResourceState.Failures.REFUSALS);
    if (failures == 0 && held.getAndIncrement() < MOST_HELD) {
      changes.held(resource, failure.members());
    }
    return WHILE_HIDDEN.plusMillis((long) (WHILE_HIDDEN.toMillis() * random.getAsDouble()));
  }

  /** A request to the API server failed. */
  public Duration after(ResourceState state, KubernetesClientException failure) {
    return ApiServerFailures.isPassing(failure)
        ? busy(state, ApiServerFailures.describe(failure), ApiServerFailures.retryAfter(failure))
        : refused(state, failure);
  }

  /** A transient failure. Many resources meet it together, so each logs it once. */
  private Duration busy(ResourceState state, String what, Duration retryAfter) {
    int before = state.failed(ResourceState.Failures.BUSY);
    Duration delay = AFTER_BUSY.delay(before, random.getAsDouble());
    Duration wait = delay.compareTo(retryAfter) > 0 ? delay : retryAfter;
    LOG.atLevel(before == 0 ? Level.WARN : Level.DEBUG)
        .addKeyValue("resource", state.id())
        .addKeyValue("again", wait)
        .log("{}; the reconcile is retried", what);
    return wait;
  }

  private static Duration refused(ResourceState state, RuntimeException failure) {
    int before = state.failed(ResourceState.Failures.REFUSALS);
    Duration delay = AFTER_REFUSAL.multipliedBy(1L << Math.min(before, MOST_DOUBLINGS));
    LOG.atWarn()
        .addKeyValue("resource", state.id())
        .addKeyValue("again", delay)
        .log(
            "the API server refused a request of the reconcile, which is retried: {}",
            failure.getMessage());
    return delay;
  }
}
