package dev.lambdaconfig.aws.limit;

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
 * Places}.
 *
 * <p><b>Rate.</b> See {@link AdaptiveRate}. Callers are told times that foresee its growth; where
 * it does not grow, they come a little early and are told the rest.
 *
 * <p><b>Calls at a time</b> are limited, here and by the share of the Region ({@link Bulkheads}),
 * so that a Region that hangs holds few threads.
 *
 * <p>An ask costs little, however many wait: only places near the head are looked at. Thread-safe.
 */
public final class RequestBudget {

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

  /** Tokens that may be lost before those who are there take what is kept for others. */
  private static final double PATIENCE = 0.1;

  private static final int LEAST_AT_A_TIME = 8;
  private static final int MOST_AT_A_TIME = 24;

  private static final double SECOND = 1e9;

  /** Times in nanoseconds come as floating point. */
  private static final double ROUNDING = 1e-6;

  private final AdaptiveRate rate;
  private final EndpointHealth health;
  private final Bulkheads.Bulkhead bulkhead;
  private final LongSupplier nanos;
  private final BiConsumer<Priority, Duration> waits;
  private final Places places = new Places();

  private double tokens;
  private long filled;
  private long fullSince;
  private int inFlight;
  private long recoveries;

  RequestBudget(
      AdaptiveRate rate,
      RegionLimits region,
      LongSupplier nanos,
      BiConsumer<Priority, Duration> waits) {
    this.rate = rate;
    this.health = region.health();
    this.bulkhead = region.bulkhead();
    this.nanos = nanos;
    this.waits = waits;
    this.tokens = rate.burst();
    this.filled = nanos.getAsLong();
    this.fullSince = filled;
  }

  /**
   * Asks for one call.
   *
   * @param who keeps its place by asking again, at the end of another line if with another priority
   */
  public synchronized Turn ask(String who, Priority priority) {
    long now = fill();
    Place place = places.find(who, priority, now);
    return switch (health.ask(who)) {
      case EndpointHealth.Access.Blocked blocked -> {
        if (place != null) {
          place.told(now, blocked.delay());
        }
        yield new Turn.Unavailable(Duration.ofNanos(blocked.delay()));
      }
      case EndpointHealth.Access.Probe probe -> {
        if (!bulkhead.tryProbe()) {
          health.notMade(probe.number());
          yield later(who, priority, place, now, spread(who, CROWDED));
        }
        yield new Turn.Now(grant(place, priority, probe.number()));
      }
      case EndpointHealth.Access.Free free -> {
        if (!hasToken(place, priority, now)) {
          yield later(who, priority, place, now, SHORTEST);
        }
        if (inFlight >= mostInFlight()) {
          yield later(who, priority, place, now, BUSY);
        }
        if (!bulkhead.tryEnter()) {
          yield later(who, priority, place, now, spread(who, CROWDED));
        }
        yield new Turn.Now(grant(place, priority, 0));
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
  public List<String> due() {
    return due(bulkhead.room());
  }

  /**
   * The same of no more than so many.
   *
   * @param room the calls that the Region may begin
   */
  public synchronized List<String> due(int room) {
    long now = fill();
    int free = Math.min(room, Math.min((int) (tokens + ROUNDING), mostInFlight() - inFlight));
    return free <= 0 || !health.available() ? List.of() : places.call(now, free);
  }

  /** Gives up a place, where there is one, and the part of trying for all others. */
  public synchronized void forget(String who) {
    places.leave(who);
    health.forget(who);
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
    return places.size(priority, fill());
  }

  synchronized int waiting() {
    return places.size(fill());
  }

  /** Whether there is a token that belongs to nobody who goes before. */
  private boolean hasToken(@Nullable Place place, Priority priority, long now) {
    double spare = tokens + ROUNDING - 1;
    if (spare < 0) {
      return false;
    }
    if (place != null && place.hasCome(now) && overflows(now)) {
      return true;
    }
    long soon = (long) (SECOND / rate.perSecond());
    return places.ownedBefore(place, priority, now, soon, (int) spare + 1) <= spare;
  }

  /**
   * Whether tokens are lost because those whom they are kept for do not come. Where all come a
   * little late, each would find tokens kept for others, and nobody would ever go.
   */
  private boolean overflows(long now) {
    return tokens >= rate.burst() && (now - fullSince) * rate.perSecond() >= PATIENCE * SECOND;
  }

  /** From the time to twice that, each always the same. */
  private static double spread(String who, double time) {
    return time * (1 + Spread.of(who));
  }

  private Turn later(
      String who, Priority priority, @Nullable Place place, long now, double atLeast) {
    int ahead = places.ahead(place, priority);
    double wait = Math.max(atLeast, rate.secondsFor(ahead + 1 - tokens));
    if (wait > LONGEST) {
      wait = LONGEST * (1 + Spread.of(who)) / 2;
    }
    long delay = (long) Math.ceil(wait * SECOND);
    Place kept = place == null ? places.join(who, priority, now) : place;
    kept.told(now, delay);
    return new Turn.Later(Duration.ofNanos(delay));
  }

  private Permit grant(@Nullable Place place, Priority priority, long probe) {
    boolean demand = place != null || !places.isEmpty() || tokens < rate.burst();
    if (place != null) {
      places.leave(place.who);
    }
    if (demand) {
      rate.used();
    }
    places.granted(priority);
    waits.accept(priority, place == null ? Duration.ZERO : Duration.ofNanos(filled - place.since));
    return take(probe);
  }

  private Permit take(long probe) {
    tokens--;
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
    long now = Math.max(filled, nanos.getAsLong());
    double room = rate.burst() - tokens;
    double more = rate.perSecond() * (now - filled) / SECOND;
    if (room > 0 && more >= room) {
      fullSince = filled + (long) (room / rate.perSecond() * SECOND);
    }
    tokens = more >= room ? rate.burst() : tokens + more;
    filled = now;
    if (health.recoveries() != recoveries) {
      recoveries = health.recoveries();
      rate.restart();
      tokens = Math.min(tokens, 1);
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
      synchronized (RequestBudget.this) {
        if (!isDone) {
          isDone = true;
          ended();
          health.notMade(probe);
          fill();
          tokens = Math.min(rate.burst(), tokens + 1);
        }
      }
    }

    @Override
    public void done(Outcome outcome) {
      synchronized (RequestBudget.this) {
        if (isDone) {
          return;
        }
        isDone = true;
        ended();
        health.took(outcome, probe);
        fill();
        if (outcome == Outcome.THROTTLED) {
          rate.throttled(decreases, perSecond);
          // AWS's own bucket is empty: what was saved up here would be throttled too.
          tokens = Math.min(tokens, 0);
        }
      }
    }
  }
}
