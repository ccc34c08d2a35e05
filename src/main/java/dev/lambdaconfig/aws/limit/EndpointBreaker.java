package dev.lambdaconfig.aws.limit;

import dev.lambdaconfig.aws.limit.queue.WaiterId;
import dev.lambdaconfig.model.Jitter;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The circuit breaker of an endpoint. After a few calls without an answer it opens, and no call is
 * made for a while; then one probe is made for all. Each failed probe doubles the pause, from 1 s
 * to 30 s.
 *
 * <p>All accounts and quotas of a Region have the endpoint, and so the breaker, in common.
 * Thread-safe.
 */
public final class EndpointBreaker {

  /** The answer to a caller. */
  sealed interface Access {

    /** The call may be made. */
    record Free() implements Access {}

    /** The call may be made as the probe; {@code number} is passed with the outcome. */
    record Probe(long number) implements Access {}

    /** The call may not be made; the caller may ask again after so many nanoseconds. */
    record Blocked(long delay) implements Access {}
  }

  private static final int FAILURES = 5;
  private static final long SECOND = 1_000_000_000L;
  private static final long FIRST = SECOND;
  private static final long LONGEST = 30 * SECOND;

  /** The time after which a probe without outcome counts as lost. */
  private static final long LOST = 60 * SECOND;

  private static final long NONE = 0;

  private final LongSupplier nanos;
  private int failures;

  /** The length of the pause; 0 while the breaker is closed. */
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

  /** Whether the breaker is closed, so that the endpoint is taken to answer. */
  public synchronized boolean available() {
    return length == 0;
  }

  /** The number of times that the endpoint came back. */
  synchronized long recoveries() {
    return recoveries;
  }

  synchronized Access ask(WaiterId id) {
    if (length == 0) {
      return new Access.Free();
    }
    long now = nanos.getAsLong();
    // Callers must not come back at one instant: a quarter of their wait, or a second.
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
   * Records the outcome of a call.
   *
   * @param number the number of the probe, or 0 for another call
   */
  synchronized void took(CallOutcome outcome, long number) {
    switch (outcome) {
      // Any call that was answered closes it, not only the probe.
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
      // Another caller probes: one without credentials must neither close the breaker nor hold it.
      case NOT_MADE, UNKNOWN -> notMade(number);
    }
  }

  /** Records that a call was not made after all: if it was the probe, the next one is. */
  synchronized void notMade(long number) {
    if (number != NONE && number == probe) {
      probe = NONE;
    }
  }

  /** Forgets a caller: if it made the probe, another one may. */
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

  /** The length of the present pause; zero while the endpoint answers. */
  public synchronized Duration pause() {
    return Duration.ofNanos(length);
  }
}
