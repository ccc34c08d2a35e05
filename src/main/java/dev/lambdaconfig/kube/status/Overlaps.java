package dev.lambdaconfig.kube.status;

import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.debug.StateSizes;
import java.time.Duration;
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

  /** Time between two warnings, each of which names one resource of what can be a whole fleet. */
  private static final Duration TOLD_AGAIN = Duration.ofMinutes(15);

  private static final Logger LOG = LoggerFactory.getLogger(Overlaps.class);

  private final LongSupplier nanos;

  /** The resources whose status of another operator this one has not answered yet. */
  private final Set<String> accepted = ConcurrentHashMap.newKeySet();

  private final RepeatedAnswers contradictions;
  private final AtomicReference<@Nullable Told> told = new AtomicReference<>();

  /** The last warning, until it is taken. */
  private record Told(String uid, long when, boolean taken) {}

  Overlaps(LongSupplier nanos) {
    this.nanos = nanos;
    this.contradictions = new RepeatedAnswers(FREE, nanos);
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
      contradictions.forget(uid);
    }
  }

  /** Records that this operator wrote a status. */
  void wrote(String uid, String resource) {
    if (!accepted.remove(uid)) {
      return;
    }
    if (contradictions.answered(uid) == FREE + 1) {
      tell(uid, resource, nanos.getAsLong());
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
    return contradictions.delay(uid);
  }

  void forget(String uid) {
    accepted.remove(uid);
    contradictions.forget(uid);
  }

  void sizes(StateSizes sizes) {
    sizes.add("Overlaps.accepted", accepted.size());
    contradictions.sizes(sizes);
  }
}
