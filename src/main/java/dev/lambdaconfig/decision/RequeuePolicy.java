package dev.lambdaconfig.decision;

import dev.lambdaconfig.decision.history.RetryState;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.Jitter;
import java.time.Duration;

/** The delays until the next reconcile, by reason. Randomness is an argument between 0 and 1. */
public final class RequeuePolicy {

  /** The time after which an update that does not end is reported as stuck. */
  static final Duration STUCK_AFTER = Duration.ofMinutes(10);

  /** The delay between two reads of a stuck update. */
  public static final Duration STUCK_POLL = Duration.ofMinutes(1);

  /** The delay before an update that AWS refused is sent again, unless spec or function change. */
  public static final Duration REFUSED = RetryState.Held.PAUSE;

  /**
   * The longest delay before a stalled function is read again although nobody says that it has
   * changed: what stalled it can have been an answer of the moment.
   */
  static final Duration STALLED = Duration.ofMinutes(30);

  /** The time for which conflicts are waited out although reads show that no update runs. */
  static final Duration CONFLICTING = Duration.ofMinutes(2);

  /** The delay before a denied call is repeated: somebody may correct the policy without notice. */
  static final Duration DENIED = Duration.ofMinutes(5);

  /** Longest Retry-After that is honoured: a proxy's mistake must not block a function for days. */
  static final Duration LONGEST_ASKED = Duration.ofHours(1);

  /** The delay before a throttled read that nobody waits for: others are to come first. */
  private static final Duration THROTTLED_READ = Duration.ofSeconds(30);

  private static final Duration FIRST_POLL = Duration.ofSeconds(1);
  private static final Duration LAST_POLL = Duration.ofSeconds(15);
  private static final Duration FIRST_RETRY = Duration.ofSeconds(2);
  private static final Duration LAST_RETRY = Duration.ofMinutes(5);

  private RequeuePolicy() {}

  /**
   * The delay before the next read of a running update: 1 s growing to 15 s, give or take a tenth.
   */
  static Duration poll(int polls, double random) {
    return Jitter.between(0.9, 1.1, grown(FIRST_POLL, 1.5, polls, LAST_POLL), random);
  }

  /** The delay before the next try after a failure: 2 s growing to 5 min, at least half of it. */
  static Duration retry(int failures, double random) {
    return Jitter.between(0.5, 1, grown(FIRST_RETRY, 2, failures, LAST_RETRY), random);
  }

  /**
   * The delay before a throttled read that nobody waits for is made again: 15 to 30 s, or what AWS
   * requested if that is longer, an hour at most.
   */
  public static Duration throttledRead(Failure failure, double random) {
    return noSooner(Jitter.between(0.5, 1, THROTTLED_READ, random), failure);
  }

  /** The delay, or what AWS requested if that is longer, an hour at most. */
  static Duration noSooner(Duration delay, Failure failure) {
    return failure.noSooner(delay, LONGEST_ASKED);
  }

  /** The delay before the next read of a function at rest: never longer than the interval. */
  static Duration recheck(Duration interval, double random) {
    return Jitter.between(0.8, 1, interval, random);
  }

  /** The delay before the next read of a stalled function: half an hour at most. */
  static Duration stalled(Duration interval, double random) {
    return recheck(interval.compareTo(STALLED) < 0 ? interval : STALLED, random);
  }

  private static Duration grown(Duration first, double factor, int times, Duration last) {
    double millis = first.toMillis() * Math.pow(factor, Math.clamp(times, 0, 60));
    return Duration.ofMillis((long) Math.min(millis, (double) last.toMillis()));
  }
}
