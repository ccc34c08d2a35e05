package dev.lambdaconfig.aws.limit;

import dev.lambdaconfig.aws.limit.queue.WaiterId;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether an endpoint answers at all. After a few calls without an answer nobody calls it for a
 * while, then one does for all; each failure of that one doubles the while, from 1 s to 30 s.
 *
 * <p>One for all accounts and quotas of a Region, which have the endpoint in common. Thread-safe.
 */
public final class EndpointBreaker {

  /** What one may do who would call. */
  sealed interface Access {

    /** Call. */
    record Free() implements Access {}

    /** Call, to find out for all; {@code number} is told with the outcome. */
    record Probe(long number) implements Access {}

    /** Come back after so many nanoseconds. */
    record Blocked(long delay) implements Access {}
  }

  private static final int FAILURES = 5;
  private static final long SECOND = 1_000_000_000L;
  private static final long FIRST = SECOND;
  private static final long LONGEST = 30 * SECOND;

  /** A probe that is not heard of for so long is taken for lost. */
  private static final long LOST = 60 * SECOND;

  private static final long NONE = 0;

  private final LongSupplier nanos;
  private int failures;

  /** How long nobody calls; 0 while the endpoint is taken to answer. */
  private long length;

  private long since;
  private long probe = NONE;
  private @Nullable WaiterId prober;
  private long probeSince;
  private long probes;
  private long recoveries;

  EndpointBreaker(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** Whether the endpoint is taken to answer. */
  public synchronized boolean available() {
    return length == 0;
  }

  /** How often it came back. */
  synchronized long recoveries() {
    return recoveries;
  }

  synchronized Access ask(WaiterId id) {
    if (length == 0) {
      return new Access.Free();
    }
    long now = nanos.getAsLong();
    // Not all at one instant: a quarter of the time that they wait anyway, or a second.
    long jitter = (long) (Jitter.of(id.uid()) * Math.max(SECOND, length / 4.0));
    long left = since + length - now;
    if (left > 0) {
      return new Access.Blocked(left + jitter);
    }
    if (probe != NONE && now - probeSince < LOST) {
      return new Access.Blocked(SECOND + jitter);
    }
    probe = ++probes;
    prober = id;
    probeSince = now;
    return new Access.Probe(probe);
  }

  /**
   * What became of a call.
   *
   * @param number of the probe, or 0 for another call
   */
  synchronized void took(CallOutcome outcome, long number) {
    switch (outcome) {
      // Whatever call it was: an answer is an answer.
      case ANSWERED, THROTTLED -> {
        failures = 0;
        if (length > 0) {
          length = 0;
          probe = NONE;
          recoveries++;
        }
      }
      case UNREACHABLE -> {
        failures++;
        if (length == 0 && failures >= FAILURES) {
          block(FIRST);
        } else if (length > 0 && number != NONE && number == probe) {
          block(Math.min(LONGEST, 2 * length));
        }
      }
    }
  }

  /** A call was not made after all: if it was the probe, the next one is. */
  synchronized void notMade(long number) {
    if (number != NONE && number == probe) {
      probe = NONE;
    }
  }

  /** Whoever tried for all others is gone: another one may. */
  synchronized void forget(WaiterId id) {
    if (id.equals(prober)) {
      probe = NONE;
    }
  }

  private void block(long time) {
    length = time;
    since = nanos.getAsLong();
    probe = NONE;
  }

  /** For how long nobody calls at present; zero while the endpoint answers. */
  public synchronized Duration pause() {
    return Duration.ofNanos(length);
  }
}
