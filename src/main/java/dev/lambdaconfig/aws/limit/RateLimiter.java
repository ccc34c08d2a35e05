package dev.lambdaconfig.aws.limit;

import dev.lambdaconfig.aws.limit.queue.FairQueue;
import dev.lambdaconfig.aws.limit.queue.Priority;
import dev.lambdaconfig.aws.limit.queue.Waiter;
import dev.lambdaconfig.aws.limit.queue.WaiterId;
import dev.lambdaconfig.debug.StateSizes;
import dev.lambdaconfig.model.Jitter;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The limiter of one quota. Many callers share it, and none waits in it: a caller without a token
 * gets a place, and is told when to come back.
 *
 * <p><b>Order.</b> The more urgent first, then the one that came first, and a tenth for each
 * priority: see {@link FairQueue}.
 *
 * <p><b>Rate.</b> See {@link AdaptiveRate}. Callers are told times that foresee its growth; where
 * it does not grow, they come a little early and are told the rest.
 *
 * <p><b>Calls at a time</b> are limited, here and by the share of the Region ({@link Bulkheads}),
 * so that a Region that hangs holds few threads.
 *
 * <p>An ask costs little, however many wait: only places near the head are looked at. Thread-safe.
 */
public final class RateLimiter implements StateSizes.Source {

  /** The shortest delay in seconds, because callers would spin without one. */
  private static final double SHORTEST = 0.01;

  /** The shortest delay while too many calls are under way: when one ends is not known. */
  private static final double BUSY = 0.1;

  /**
   * The shortest delay while the Region has its share of the workers: the next waiter is called
   * when a call ends ({@link #due}), and hundreds that ask meanwhile would be granted nothing.
   */
  private static final double CROWDED = 2;

  /**
   * The longest delay, of which a waiter is told half to all: by then the rate may have grown
   * beyond what was foreseen, and tokens without a taker are lost.
   */
  private static final double LONGEST = 60;

  /**
   * Tokens that may be lost before waiters that ask take what is kept for others. Where all come a
   * little late, each would find tokens kept for others, and none would ever go.
   */
  private static final double PATIENCE = 0.1;

  private static final int LEAST_AT_A_TIME = 8;
  private static final int MOST_AT_A_TIME = 24;
  private static final double SECOND = 1e9;

  private final AdaptiveRate rate;
  private final EndpointBreaker breaker;
  private final Bulkheads.Bulkhead bulkhead;
  private final LongSupplier nanos;
  private final BiConsumer<Priority, Duration> waits;
  private final FairQueue queue = new FairQueue();
  private final TokenBucket bucket;
  private int inFlight;
  private long recoveries;

  RateLimiter(
      AdaptiveRate rate,
      RegionLimits region,
      LongSupplier nanos,
      BiConsumer<Priority, Duration> waits) {
    this.rate = rate;
    this.breaker = region.breaker();
    this.bulkhead = region.bulkhead();
    this.nanos = nanos;
    this.waits = waits;
    this.bucket = new TokenBucket(rate, nanos.getAsLong());
  }

  /**
   * Asks for one call.
   *
   * @param id the caller, which keeps its place by asking again; with another priority it goes to
   *     the end of that level
   */
  public synchronized Reservation ask(WaiterId id, Priority priority) {
    long now = fill();
    Waiter waiter = queue.find(id, priority, now);
    return switch (breaker.ask(id)) {
      case EndpointBreaker.Access.Blocked blocked -> {
        if (waiter != null) {
          waiter.defer(now, blocked.delay());
        }
        yield new Reservation.Unavailable(Duration.ofNanos(blocked.delay()));
      }
      case EndpointBreaker.Access.Probe probe -> {
        if (!bulkhead.tryProbe()) {
          breaker.notMade(probe.number());
          yield later(id, priority, waiter, now, jitter(id, CROWDED));
        }
        yield new Reservation.Granted(grant(waiter, priority, probe.number()));
      }
      case EndpointBreaker.Access.Free free -> {
        if (!hasToken(waiter, priority, now)) {
          yield later(id, priority, waiter, now, SHORTEST);
        }
        if (inFlight >= mostInFlight()) {
          yield later(id, priority, waiter, now, BUSY);
        }
        if (!bulkhead.tryEnter()) {
          yield later(id, priority, waiter, now, jitter(id, CROWDED));
        }
        yield new Reservation.Granted(grant(waiter, priority, 0));
      }
    };
  }

  /**
   * Grants one call in any case, for the rare one that work in progress cannot do without. A token
   * that is not there is owed: the other callers wait for it.
   */
  public synchronized Permit borrow() {
    fill();
    bulkhead.enter();
    return take(0, 0);
  }

  /**
   * Calls the waiters that would be granted a call now, in order, each once. They keep their places
   * as if they had been told this time, so that tokens are used as they come.
   */
  public List<WaiterId> due() {
    return due(bulkhead.room());
  }

  /** Calls no more of those waiters than the calls that the Region may begin. */
  public synchronized List<WaiterId> due(int room) {
    long now = fill();
    int free = Math.min(room, Math.min(bucket.whole(), mostInFlight() - inFlight));
    return free <= 0 || !breaker.available() ? List.of() : queue.call(now, free);
  }

  /** Removes a waiter, where there is one, and the probe of the endpoint that it may have made. */
  public synchronized void forget(WaiterId id) {
    queue.leave(id);
    breaker.forget(id);
  }

  /** The calls a second that are granted at present. */
  public synchronized double perSecond() {
    return rate.perSecond();
  }

  /**
   * The calls a second that would be granted under steady demand: more than at present where there
   * was no demand so far. A share of the quota is a share of this.
   */
  public synchronized double allowance() {
    return rate.allowance(nanos.getAsLong());
  }

  /** The number of calls under way. */
  public synchronized int inFlight() {
    return inFlight;
  }

  /** The number of waiters of one priority. */
  public synchronized int waiting(Priority priority) {
    return queue.size(priority, fill());
  }

  synchronized int waiting() {
    return queue.size(fill());
  }

  @Override
  public synchronized void sizes(StateSizes sizes) {
    queue.sizes(sizes);
  }

  /** Whether there is a token that belongs to no waiter that goes before. */
  private boolean hasToken(@Nullable Waiter waiter, Priority priority, long now) {
    double spare = bucket.spare();
    if (spare < 0) {
      return false;
    }
    if (waiter != null && waiter.hasCome(now) && bucket.lost(now) >= PATIENCE) {
      return true;
    }
    long soon = (long) (SECOND / rate.perSecond());
    return queue.ownedBefore(waiter, priority, now, soon, (int) spare + 1) <= spare;
  }

  /** A time between this one and twice that, always the same for one caller. */
  private static double jitter(WaiterId id, double time) {
    return time * (1 + Jitter.of(id.uid()));
  }

  private Reservation later(
      WaiterId id, Priority priority, @Nullable Waiter waiter, long now, double atLeast) {
    int ahead = queue.ahead(waiter, priority);
    double wait = Math.max(atLeast, rate.secondsFor(ahead + 1 - bucket.tokens()));
    if (wait > LONGEST) {
      wait = LONGEST * (1 + Jitter.of(id.uid())) / 2;
    }
    long delay = (long) Math.ceil(wait * SECOND);
    Waiter kept = waiter == null ? queue.join(id, priority, now) : waiter;
    kept.defer(now, delay);
    return new Reservation.Deferred(Duration.ofNanos(delay));
  }

  private Permit grant(@Nullable Waiter waiter, Priority priority, long probe) {
    boolean demand = waiter != null || !queue.isEmpty() || !bucket.isFull();
    if (waiter != null) {
      queue.leave(waiter.id());
    }
    double before = rate.perSecond();
    if (demand) {
      rate.used();
    }
    queue.granted(priority);
    waits.accept(
        priority,
        waiter == null ? Duration.ZERO : Duration.ofNanos(bucket.filled() - waiter.since()));
    return take(probe, rate.perSecond() - before);
  }

  private Permit take(long probe, double growth) {
    bucket.take();
    inFlight++;
    return new Granted(probe, growth);
  }

  private void ended() {
    inFlight--;
    bulkhead.leave();
  }

  private int mostInFlight() {
    double twoSeconds = Math.ceil(2 * rate.perSecond());
    return (int) Math.clamp(twoSeconds, LEAST_AT_A_TIME, MOST_AT_A_TIME);
  }

  private long fill() {
    long now = bucket.fill(nanos.getAsLong());
    if (breaker.recoveries() != recoveries) {
      recoveries = breaker.recoveries();
      rate.restart();
      bucket.drop(1);
    }
    return now;
  }

  private final class Granted implements Permit {

    private final long probe;
    private final long decreases;
    private final double perSecond;
    private final double growth;
    private boolean isDone;

    private Granted(long probe, double growth) {
      this.probe = probe;
      this.decreases = rate.decreases();
      this.perSecond = rate.perSecond();
      this.growth = growth;
    }

    @Override
    public void giveBack() {
      done(CallOutcome.NOT_MADE);
    }

    @Override
    public void done(CallOutcome outcome) {
      synchronized (RateLimiter.this) {
        if (isDone) {
          return;
        }
        isDone = true;
        ended();
        breaker.took(outcome, probe);
        long now = fill();
        if (outcome == CallOutcome.THROTTLED) {
          rate.throttled(decreases, perSecond, now);
          // AWS's own allowance is used up, so a burst would be throttled too.
          bucket.drop(0);
        } else if (outcome == CallOutcome.NOT_MADE) {
          rate.unused(decreases, growth);
          bucket.putBack();
        }
      }
    }
  }
}
