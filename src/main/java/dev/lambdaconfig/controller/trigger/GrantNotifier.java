package dev.lambdaconfig.controller.trigger;

import dev.lambdaconfig.aws.RateLimitedLambda;
import dev.lambdaconfig.timing.RepeatedTask;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Triggers the resources whose call the rate limiter would grant now. */
public final class GrantNotifier implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(GrantNotifier.class);

  /** The interval while any resource waits: the time between two grants at 40 calls a second. */
  private static final Duration INTERVAL = Duration.ofMillis(25);

  private final RateLimitedLambda lambda;
  private final Consumer<String> trigger;
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
    RepeatedTask task = new RepeatedTask(timer, "grants", this::next, this::notifyDue);
    lambda.onWaiting(task::schedule);
  }

  private @Nullable Duration next() {
    return lambda.isAwaited() ? INTERVAL : null;
  }

  private void notifyDue() {
    lambda.due().forEach(this::trigger);
  }

  /** Triggers one caller. Each is due once, so that one failure must not cost others their turn. */
  private void trigger(String uid) {
    try {
      trigger.accept(uid);
    } catch (RuntimeException | Error e) {
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
