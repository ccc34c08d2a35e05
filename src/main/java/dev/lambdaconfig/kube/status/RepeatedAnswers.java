package dev.lambdaconfig.kube.status;

import dev.lambdaconfig.debug.StateSizes;
import dev.lambdaconfig.timing.Backoff;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Writes by which the operator answered another writer again and again, by resource: each further
 * one waits twice as long, so that two writers do not replace each other's status without end.
 */
final class RepeatedAnswers {

  private static final Backoff INTERVALS =
      new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5));

  /** Time without an answer after which the next one is immediate again. */
  private static final Duration FORGIVEN = Duration.ofMinutes(15);

  private final int free;
  private final LongSupplier nanos;
  private final Map<String, Answers> answers = new ConcurrentHashMap<>();

  private record Answers(int count, long last) {}

  /**
   * Creates it without answers.
   *
   * @param free the number of answers in a row after which the next one is still immediate
   */
  RepeatedAnswers(int free, LongSupplier nanos) {
    this.free = free;
    this.nanos = nanos;
  }

  /** Records an answer, and returns the number of those in a row. */
  int answered(String uid) {
    long now = nanos.getAsLong();
    return answers
        .merge(
            uid,
            new Answers(1, now),
            (before, one) -> isForgiven(before, now) ? one : new Answers(before.count() + 1, now))
        .count();
  }

  /** The time until the next answer is due; zero if it is due. */
  Duration delay(String uid) {
    Answers before = answers.get(uid);
    if (before == null || before.count() <= free) {
      return Duration.ZERO;
    }
    long now = nanos.getAsLong();
    if (isForgiven(before, now)) {
      answers.remove(uid, before);
      return Duration.ZERO;
    }
    Duration left = INTERVALS.delay(before.count() - free - 1, 1).minusNanos(now - before.last());
    return left.isPositive() ? left : Duration.ZERO;
  }

  private static boolean isForgiven(Answers before, long now) {
    return now - before.last() > FORGIVEN.toNanos();
  }

  void forget(String uid) {
    answers.remove(uid);
  }

  void sizes(StateSizes sizes) {
    sizes.add("RepeatedAnswers.answers", answers.size());
  }
}
