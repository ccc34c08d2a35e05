package dev.lambdaconfig.decision;

import dev.lambdaconfig.decision.history.RetryState;
import dev.lambdaconfig.model.Jitter;
import java.time.Duration;

/** How long to wait, by reason. Randomness is an argument between 0 and 1. */
final class RequeuePolicy {

  /** After this long an update that does not end is told as stuck. */
  static final Duration STUCK_AFTER = Duration.ofMinutes(10);

  /** How often a stuck update is looked at. */
  static final Duration STUCK_POLL = Duration.ofMinutes(1);

  /** How long what AWS refused is not sent again, unless spec or function change. */
  static final Duration REFUSED = RetryState.Held.PAUSE;

  /** For so long conflicts are waited out though reads say that no update runs. */
  static final Duration CONFLICTING = Duration.ofMinutes(2);

  /** How long a call that was denied is not made again: policies are mended without notice. */
  static final Duration DENIED = Duration.ofMinutes(5);

  /** No Retry-After is heeded for longer: a proxy's mistake must not put a function to sleep. */
  static final Duration LONGEST_ASKED = Duration.ofHours(1);

  private static final Duration FIRST_POLL = Duration.ofSeconds(1);
  private static final Duration LAST_POLL = Duration.ofSeconds(15);
  private static final Duration FIRST_RETRY = Duration.ofSeconds(2);
  private static final Duration LAST_RETRY = Duration.ofMinutes(5);

  private RequeuePolicy() {}

  /** Before the next look at a running update: 1 s growing to 15 s, within a tenth. */
  static Duration poll(int polls, double random) {
    return Jitter.between(0.9, 1.1, grown(FIRST_POLL, 1.5, polls, LAST_POLL), random);
  }

  /** Before the next try of what failed: 2 s growing to 5 min, at least half of it. */
  static Duration retry(int failures, double random) {
    return Jitter.between(0.5, 1, grown(FIRST_RETRY, 2, failures, LAST_RETRY), random);
  }

  /** Before the next look at a function at rest: never later than the interval. */
  static Duration recheck(Duration interval, double random) {
    return Jitter.between(0.8, 1, interval, random);
  }

  private static Duration grown(Duration first, double factor, int times, Duration last) {
    double millis = first.toMillis() * Math.pow(factor, Math.clamp(times, 0, 60));
    return Duration.ofMillis((long) Math.min(millis, (double) last.toMillis()));
  }
}
