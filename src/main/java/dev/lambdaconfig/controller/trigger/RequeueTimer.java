package dev.lambdaconfig.controller.trigger;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.debug.StateSizes;
import dev.lambdaconfig.timing.DelayingQueue;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.EventHandler;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Schedules reconciles by a steady clock. The framework's own timer goes by the time of day, so
 * that a corrected clock could put a reconcile off by hours.
 *
 * <p>A resource can have one scheduled reconcile of each kind, and none takes the place of another:
 *
 * <ul>
 *   <li>The <em>follow-up</em> is what the last reconcile asked for. The end of the next one sets
 *       it anew or cancels it, and one that comes due while a reconcile runs is left to its end.
 *   <li><em>News</em> is what a reconcile that runs may not know. Only a reconcile that begins
 *       later serves it, whatever has triggered that one: then it costs no other.
 *   <li>News can also be <em>too early</em> for any reconcile before its time: none but the one
 *       that it triggers then serves it.
 * </ul>
 */
public final class RequeueTimer extends AbstractEventSource<Void, LambdaFunctionConfig>
    implements StateSizes.Source {

  private static final Logger LOG = LoggerFactory.getLogger(RequeueTimer.class);

  /** Delay after a trigger that the framework refused. */
  private static final Duration AFTER_REFUSAL = Duration.ofSeconds(30);

  /**
   * Something that a reconcile has to look at.
   *
   * @param tooEarly whether a reconcile before its time could not
   */
  private record News(ResourceID resource, boolean tooEarly) {}

  private final WorkQueueAge queueAge;
  private final LongSupplier nanos;
  private final DelayingQueue<ResourceID> followUps;
  private final DelayingQueue<News> news;
  private final List<Thread> threads = new ArrayList<>();

  /**
   * Creates a timer without scheduled reconciles.
   *
   * @param nanos a steady clock, in nanoseconds
   */
  public RequeueTimer(WorkQueueAge queueAge, LongSupplier nanos) {
    super(Void.class, "requeue-timer");
    this.queueAge = queueAge;
    this.nanos = nanos;
    this.followUps = new DelayingQueue<>(nanos);
    this.news = new DelayingQueue<>(nanos);
  }

  /** Schedules the follow-up at the end of a reconcile, in place of an earlier one's. */
  void schedule(ResourceID resource, Duration delay) {
    followUps.put(resource, after(delay));
  }

  /** Schedules a reconcile for news, unless an earlier one is scheduled for news. */
  public void scheduleAtTheLatest(ResourceID resource, Duration delay) {
    news.putAtTheLatest(new News(resource, false), after(delay));
  }

  /**
   * Schedules a reconcile for news that no reconcile could serve before its time. Another time
   * takes the place of the first: the caller knows by now that this one would be too early.
   */
  void scheduleNotBefore(ResourceID resource, Duration delay) {
    news.put(new News(resource, true), after(delay));
  }

  /** Records that a reconcile begins, which serves the news. Returns when, by the steady clock. */
  long begun(ResourceID resource) {
    news.remove(new News(resource, false));
    return queueAge.begun(resource);
  }

  private long after(Duration delay) {
    return nanos.getAsLong() + delay.toNanos();
  }

  /** Triggers a reconcile now, unless one waits to begin. What is scheduled stays so. */
  public void trigger(ResourceID resource) {
    if (triggered(resource)) {
      handOver(resource);
    }
  }

  /** Records a trigger, and returns whether it is to be handed over: not if a reconcile waits. */
  boolean triggered(ResourceID resource) {
    return getEventHandler() != null && queueAge.triggered(resource);
  }

  /**
   * Triggers a reconcile because the limiter would grant its call now, unless one waits to begin;
   * if one runs, at its end, and only if it still waits for the grant.
   */
  void granted(ResourceID resource) {
    if (due(resource)) {
      handOver(resource);
    }
  }

  /** Records a grant, and returns whether it is to be handed over: not while a reconcile runs. */
  boolean due(ResourceID resource) {
    return getEventHandler() != null && queueAge.due(resource);
  }

  /** Hands a recorded trigger over to the framework. No caller may hold a lock. */
  void handOver(ResourceID resource) {
    EventHandler handler = getEventHandler();
    boolean handled = false;
    try {
      handler.handleEvent(new Event(resource));
      handled = true;
    } finally {
      if (!handled) {
        queueAge.forget(resource);
      }
    }
  }

  /** Cancels the follow-up at the end of a reconcile that needs none. */
  void cancel(ResourceID resource) {
    followUps.remove(resource);
  }

  /** Forgets a name that no resource has any more. */
  public void forget(ResourceID resource) {
    followUps.remove(resource);
    news.remove(new News(resource, false));
    news.remove(new News(resource, true));
    queueAge.forget(resource);
  }

  @Override
  public synchronized void start() {
    super.start();
    threads.add(start("requeue-timer", this::followUp));
    threads.add(start("requeue-news", this::announce));
  }

  private static Thread start(String name, Turn turn) {
    return Thread.ofPlatform()
        .name(name)
        .daemon()
        .start(
            () -> {
              try {
                while (true) {
                  turn.next();
                }
              } catch (InterruptedException e) {
                // The operator stops: the next process reconciles every resource anew.
              }
            });
  }

  /** One turn of a thread. */
  private interface Turn {
    void next() throws InterruptedException;
  }

  private void followUp() throws InterruptedException {
    ResourceID resource = followUps.take();
    tried(resource, this::granted, () -> followUps.putAtTheLatest(resource, after(AFTER_REFUSAL)));
  }

  private void announce() throws InterruptedException {
    News due = news.take();
    tried(due.resource(), this::trigger, () -> news.putAtTheLatest(due, after(AFTER_REFUSAL)));
  }

  private static void tried(ResourceID resource, Consumer<ResourceID> trigger, Runnable again) {
    try {
      trigger.accept(resource);
    } catch (RuntimeException | Error e) {
      // The thread is that of all resources.
      LOG.atError().addKeyValue("resource", resource).log("a reconcile could not be triggered", e);
      again.run();
    }
  }

  @Override
  public void sizes(StateSizes sizes) {
    sizes.add("RequeueTimer.followUps", followUps.size());
    sizes.add("RequeueTimer.news", news.size());
  }

  @Override
  public synchronized void stop() {
    threads.forEach(Thread::interrupt);
    threads.clear();
    super.stop();
  }

  @Override
  public Set<Void> getSecondaryResources(LambdaFunctionConfig primary) {
    return Set.of();
  }
}
