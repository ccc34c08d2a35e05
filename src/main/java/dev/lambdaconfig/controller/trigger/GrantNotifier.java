package dev.lambdaconfig.controller.trigger;

import dev.lambdaconfig.aws.RateLimitedLambda;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Triggers the resources whose call the rate limiter would grant now. */
public final class GrantNotifier implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(GrantNotifier.class);

  /** The interval while any resource waits: the time between two grants at 40 calls a second. */
  private static final Duration INTERVAL = Duration.ofMillis(25);

  private final RateLimitedLambda lambda;
  private final Consumer<String> trigger;
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final ScheduledExecutorService timer;

  /**
   * Begins with the first resource that waits.
   *
   * @param trigger called with the UID of each resource that may call now
   */
  public GrantNotifier(RateLimitedLambda lambda, Consumer<String> trigger) {
    this(
        lambda,
        trigger,
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("grants").daemon().factory()));
  }

  GrantNotifier(
      RateLimitedLambda lambda, Consumer<String> trigger, ScheduledExecutorService timer) {
    this.lambda = lambda;
    this.trigger = trigger;
    this.timer = timer;
    lambda.onWaiting(this::schedule);
  }

  private void schedule() {
    if (!scheduled.compareAndSet(false, true)) {
      return;
    }
    try {
      // Errors are caught in there.
      var unused = timer.schedule(this::notifyDue, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("nobody is notified of grants any more: the operator stops");
    }
  }

  private void notifyDue() {
    try {
      lambda.due().forEach(this::trigger);
    } catch (RuntimeException e) {
      LOG.error("waiting resources could not be notified", e);
    }
    scheduled.set(false);
    if (lambda.isAwaited()) {
      schedule();
    }
  }

  /** Triggers one caller. Each is due once, so that one failure must not cost others their turn. */
  private void trigger(String uid) {
    try {
      trigger.accept(uid);
    } catch (RuntimeException e) {
      LOG.atError()
          .addKeyValue("uid", uid)
          .setCause(e)
          .log("a waiting resource could not be triggered");
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
