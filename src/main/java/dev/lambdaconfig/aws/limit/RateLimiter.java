package dev.lambdaconfig.aws.limit;

import dev.lambdaconfig.aws.limit.queue.FairQueue;
import dev.lambdaconfig.aws.limit.queue.Priority;
import dev.lambdaconfig.aws.limit.queue.Waiter;
import dev.lambdaconfig.aws.limit.queue.WaiterId;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A token bucket that many share without waiting for it: who finds no token is given a place and
 * told when to come back.
 *
 * <p><b>Order.</b> The more urgent first, then who came first, and a tenth for each, see {@link
 * FairQueue}.
 *
 * <p><b>Rate.</b> See {@link AdaptiveRate}. Callers are told times that foresee its growth; where
 * it does not grow, they come a little early and are told the rest.
 *
 * <p><b>Calls at a time</b> are limited, here and by the share of the Region ({@link Bulkheads}),
 * so that a Region that hangs holds few threads.
 *
 * <p>An ask costs little, however many wait: only places near the head are looked at. Thread-safe.
 */
public final class RateLimiter {

  /** No delay is shorter, or callers would spin. */
  private static final double SHORTEST = 0.01;

  /** The same while too many calls run: nobody knows when one ends. */
  private static final double BUSY = 0.1;

  /**
   * The same while the Region has its share of the workers: whoever is next is called when a call
   * ends ({@link #due}), and hundreds that look in meanwhile would find nothing.
   */
  private static final double CROWDED = 2;

  /**
   * Who has to wait for longer looks in every half to whole minute: the rate may have grown by then
   * beyond what was foreseen, and tokens that nobody comes for are lost.
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
   * @param id keeps its place by asking again, at the end of another line if with another priority
   */
  public synchronized Reservation ask(WaiterId id, Priority priority) {
    long now = fill();
    Waiter waiter = queue.find(id, priority, now);
    return switch (breaker.ask(id)) {
      case EndpointBreaker.Access.Blocked blocked -> {
        if (waiter != null) {
          waiter.told(now, blocked.delay());
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
   * One call in any case, for the rare one that work in progress cannot do without. What is not
   * there is owed: the others wait for it.
   */
  public synchronized Permit borrow() {
    fill();
    bulkhead.enter();
    return take(0);
  }

  /**
   * Who waits and would be granted a call now, in order; each is named once, and has its place as
   * if it had been told this time. So tokens are used as they come, whatever was told before.
   */
  public List<WaiterId> due() {
    return due(bulkhead.room());
  }

  /**
   * The same of no more than so many.
   *
   * @param room the calls that the Region may begin
   */
  public synchronized List<WaiterId> due(int room) {
    long now = fill();
    int free = Math.min(room, Math.min(bucket.whole(), mostInFlight() - inFlight));
    return free <= 0 || !breaker.available() ? List.of() : queue.call(now, free);
  }

  /** Gives up a place, where there is one, and the part of trying for all others. */
  public synchronized void forget(WaiterId id) {
    queue.leave(id);
    breaker.forget(id);
  }

  /** Calls a second that are granted at present. */
  public synchronized double perSecond() {
    return rate.perSecond();
  }

  /**
   * Calls a second that would be granted under steady demand: more than at present where nobody
   * wanted more so far. What takes a share of the budget takes it of this.
   */
  public synchronized double allowance() {
    return rate.allowance();
  }

  /** Calls granted that are not done. */
  public synchronized int inFlight() {
    return inFlight;
  }

  /** Places kept. */
  public synchronized int waiting(Priority priority) {
    return queue.size(priority, fill());
  }

  synchronized int waiting() {
    return queue.size(fill());
  }

  /** Whether there is a token that belongs to nobody who goes before. */
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

  /** From the time to twice that, each always the same. */
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
    kept.told(now, delay);
    return new Reservation.Deferred(Duration.ofNanos(delay));
  }

  private Permit grant(@Nullable Waiter waiter, Priority priority, long probe) {
    boolean demand = waiter != null || !queue.isEmpty() || !bucket.isFull();
    if (waiter != null) {
      queue.leave(waiter.id());
    }
    if (demand) {
      rate.used();
    }
    queue.granted(priority);
    waits.accept(
        priority,
        waiter == null ? Duration.ZERO : Duration.ofNanos(bucket.filled() - waiter.since()));
    return take(probe);
  }

  private Permit take(long probe) {
    bucket.take();
    inFlight++;
    return new Granted(probe, rate.decreases(), rate.perSecond());
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
    private boolean isDone;

    private Granted(long probe, long decreases, double perSecond) {
      this.probe = probe;
      this.decreases = decreases;
      this.perSecond = perSecond;
    }

    @Override
    public void giveBack() {
      synchronized (RateLimiter.this) {
        if (!isDone) {
          isDone = true;
          ended();
          breaker.notMade(probe);
          fill();
          bucket.putBack();
        }
      }
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
        fill();
        if (outcome == CallOutcome.THROTTLED) {
          rate.throttled(decreases, perSecond);
          // AWS's own bucket is empty: what was saved up here would be throttled too.
          bucket.drop(0);
        }
      }
    }
  }
}
