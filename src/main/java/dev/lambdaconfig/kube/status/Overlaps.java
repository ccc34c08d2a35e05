package dev.lambdaconfig.kube.status;

import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.debug.StateSizes;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Resources of which another operator says something else than this one, such as one with another
 * mode or policy. Both statuses are valid, so each would replace the other's at once, for ever:
 * from the fourth time in a row on, a status of the other one is answered at growing intervals.
 * Nothing is kept of a resource about which both say the same.
 */
final class Overlaps {

  /** Number of answers without delay: two operators take turns during a change of leaders. */
  private static final int FREE = 3;

  private static final Duration FIRST_DELAY = Duration.ofSeconds(1);

  private static final Duration LONGEST_DELAY = Duration.ofMinutes(5);

  private static final int MOST_DOUBLINGS = 10;

  /** Time without a contradiction after which the next answer is immediate again. */
  private static final Duration FORGIVEN = Duration.ofMinutes(15);

  /** Time between two warnings, each of which names one resource of what can be a whole fleet. */
  private static final Duration TOLD_AGAIN = Duration.ofMinutes(15);

  private static final Logger LOG = LoggerFactory.getLogger(Overlaps.class);

  private final LongSupplier nanos;

  /** The resources whose status of another operator this one has not answered yet. */
  private final Set<String> accepted = ConcurrentHashMap.newKeySet();

  private final Map<String, Contradictions> contradictions = new ConcurrentHashMap<>();
  private final AtomicReference<@Nullable Told> told = new AtomicReference<>();

  private record Contradictions(int count, long last) {}

  /** The last warning, until it is taken. */
  private record Told(String uid, long when, boolean taken) {}

  Overlaps(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** Records that another operator's status is taken for the resource's. */
  void accepted(String uid) {
    accepted.add(uid);
  }

  /**
   * Whether this operator waits before it contradicts another one's status. What it has done, or
   * was asked to do, is written at once.
   *
   * @param other the status that is written
   * @param own the status that would replace it
   */
  boolean waits(
      String uid, @Nullable LambdaFunctionConfigStatus other, LambdaFunctionConfigStatus own) {
    return other != null
        && accepted.contains(uid)
        && delay(uid).isPositive()
        && Objects.equals(other.history, own.history)
        && Objects.equals(other.observedGeneration, own.observedGeneration)
        && Objects.equals(other.lastHandledReconcileAt, own.lastHandledReconcileAt);
  }

  /** Records that this operator has nothing to add to the status. */
  void agreed(String uid) {
    if (accepted.remove(uid)) {
      contradictions.remove(uid);
    }
  }

  /** Records that this operator wrote a status. */
  void wrote(String uid, String resource) {
    if (!accepted.remove(uid)) {
      return;
    }
    long now = nanos.getAsLong();
    Contradictions after =
        contradictions.merge(
            uid,
            new Contradictions(1, now),
            (before, one) ->
                isForgiven(before, now) ? one : new Contradictions(before.count() + 1, now));
    if (after.count() == FREE + 1) {
      tell(uid, resource, now);
    }
  }

  private void tell(String uid, String resource, long now) {
    Told before = told.get();
    if ((before == null || now - before.when() >= TOLD_AGAIN.toNanos())
        && told.compareAndSet(before, new Told(uid, now, false))) {
      LOG.atWarn()
          .addKeyValue("resource", resource)
          .log(
              "another operator writes the same statuses and says something else, so that both"
                  + " answer at growing intervals: let each resource be selected by one operator,"
                  + " and keep leader election on");
    }
  }

  /** Whether a warning about this resource is to be recorded; true once for each warning. */
  boolean takeWarning(String uid) {
    Told last = told.get();
    return last != null
        && !last.taken()
        && last.uid().equals(uid)
        && told.compareAndSet(last, new Told(uid, last.when(), true));
  }

  /** The time until another operator's status is answered; zero for at once. */
  Duration delay(String uid) {
    Contradictions before = contradictions.get(uid);
    if (before == null || before.count() <= FREE) {
      return Duration.ZERO;
    }
    long now = nanos.getAsLong();
    if (isForgiven(before, now)) {
      contradictions.remove(uid, before);
      return Duration.ZERO;
    }
    Duration delay =
        FIRST_DELAY.multipliedBy(1L << Math.min(before.count() - FREE - 1, MOST_DOUBLINGS));
    Duration bounded = delay.compareTo(LONGEST_DELAY) < 0 ? delay : LONGEST_DELAY;
    Duration left = bounded.minusNanos(now - before.last());
    return left.isPositive() ? left : Duration.ZERO;
  }

  private static boolean isForgiven(Contradictions before, long now) {
    return now - before.last() > FORGIVEN.toNanos();
  }

  void forget(String uid) {
    accepted.remove(uid);
    contradictions.remove(uid);
  }

  void sizes(StateSizes sizes) {
    sizes.add("Overlaps.accepted", accepted.size());
    sizes.add("Overlaps.contradictions", contradictions.size());
  }
}
