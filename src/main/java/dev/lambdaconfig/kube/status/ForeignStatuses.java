package dev.lambdaconfig.kube.status;

import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Statuses that somebody else has changed, with what they were before, until they are put right:
 * nothing is kept of a resource whose status is left alone.
 */
final class ForeignStatuses {

  /** Delay of the second correction in a row; each next one is twice as late. */
  private static final Duration FIRST_DELAY = Duration.ofSeconds(1);

  private static final Duration LONGEST_DELAY = Duration.ofMinutes(5);

  /** A status that was left alone for this long is put right at once again. */
  private static final Duration FORGIVEN = Duration.ofMinutes(15);

  /** Corrections after which somebody has to be told. */
  private static final int TOLD_AFTER = 3;

  private static final int MOST_DOUBLINGS = 10;

  private static final Logger LOG = LoggerFactory.getLogger(ForeignStatuses.class);

  private final LongSupplier nanos;
  private final Map<String, Truth> truths = new ConcurrentHashMap<>();
  private final Map<String, Corrections> corrections = new ConcurrentHashMap<>();

  /**
   * What a status was before somebody else changed it.
   *
   * @param status the status, or null if there was none
   */
  record Truth(@Nullable LambdaFunctionConfigStatus status) {}

  private record Corrections(int count, long last) {}

  ForeignStatuses(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** Notes what a status was; of several changes before a correction the first one counts. */
  void changed(String uid, Truth truth) {
    truths.putIfAbsent(uid, truth);
  }

  /** Returns what a status was before somebody else changed it, or null if nobody did. */
  @Nullable Truth truth(String uid) {
    return truths.get(uid);
  }

  /** Notes that a status is in order, or is another operator's. */
  void settled(String uid) {
    truths.remove(uid);
  }

  /** Returns when the next correction is due; zero if it is by now. */
  Duration delay(String uid) {
    Corrections before = corrections.get(uid);
    if (before == null) {
      return Duration.ZERO;
    }
    Duration since = Duration.ofNanos(nanos.getAsLong() - before.last());
    if (since.compareTo(FORGIVEN) > 0) {
      corrections.remove(uid, before);
      return Duration.ZERO;
    }
    Duration delay = FIRST_DELAY.multipliedBy(1L << Math.min(before.count() - 1, MOST_DOUBLINGS));
    Duration left = (delay.compareTo(LONGEST_DELAY) < 0 ? delay : LONGEST_DELAY).minus(since);
    return left.isPositive() ? left : Duration.ZERO;
  }

  /** Notes that a status is put right now. */
  void correcting(String uid, String resource, Set<String> managers) {
    Corrections now =
        corrections.merge(
            uid,
            new Corrections(1, nanos.getAsLong()),
            (before, one) -> new Corrections(before.count() + 1, one.last()));
    if (now.count() == TOLD_AFTER) {
      LOG.atWarn()
          .addKeyValue("resource", resource)
          .addKeyValue("managers", managers)
          .log(
              "the status is changed by somebody else again and again, and is put right less and"
                  + " less often: find out who writes it, by metadata.managedFields");
    } else if (now.count() < TOLD_AFTER) {
      LOG.atInfo()
          .addKeyValue("resource", resource)
          .addKeyValue("managers", managers)
          .log("a status that somebody else changed is put right");
    }
  }

  void forget(String uid) {
    truths.remove(uid);
    corrections.remove(uid);
  }
}
