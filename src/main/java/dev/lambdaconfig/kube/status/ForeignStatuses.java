package dev.lambdaconfig.kube.status;

import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.debug.StateSizes;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Statuses that another writer has changed, with their earlier values, until the operator has
 * corrected them. Nothing is kept of a resource whose status only the operator writes.
 */
final class ForeignStatuses {

  /** Number of corrections after which a warning is logged. */
  private static final int TOLD_AFTER = 3;

  private static final Logger LOG = LoggerFactory.getLogger(ForeignStatuses.class);

  private final Map<String, Truth> truths = new ConcurrentHashMap<>();
  private final RepeatedAnswers corrections;

  /**
   * The status from before another writer changed it.
   *
   * @param status the status, or null if there was none
   * @param seen the resourceVersion of the latest change that was seen
   */
  record Truth(@Nullable LambdaFunctionConfigStatus status, String seen) {

    Truth and(Truth later) {
      return OwnWrites.isBehind(later.seen, seen) ? this : new Truth(status, later.seen);
    }
  }

  ForeignStatuses(LongSupplier nanos) {
    this.corrections = new RepeatedAnswers(0, nanos);
  }

  /** Records a change; of several before a correction the status before the first one counts. */
  void changed(String uid, Truth truth) {
    truths.merge(uid, truth, Truth::and);
  }

  /** The status from before another writer changed it, or null if nobody did. */
  @Nullable Truth truth(String uid) {
    return truths.get(uid);
  }

  /**
   * Records that a status was written or read that is in order, or another operator's. The watch
   * can deliver a later change by another writer before the answer arrives: that one is to be
   * corrected all the same, to this status.
   *
   * @param before the truth from before the request was sent: whatever has not changed since then
   *     is older than the answer, also where versions cannot be compared
   * @param answer the status in order, with the resourceVersion of the answer
   */
  void settled(String uid, @Nullable Truth before, StatusStore.Known answer) {
    String version = answer.resourceVersion();
    truths.computeIfPresent(
        uid,
        (key, now) ->
            now.equals(before)
                    || now.seen().equals(version)
                    || OwnWrites.isBehind(now.seen(), version)
                ? null
                : new Truth(answer.status(), now.seen()));
  }

  /** The time until the next correction is due; zero if it is due. */
  Duration delay(String uid) {
    return corrections.delay(uid);
  }

  /** Records that a status is corrected now. */
  void correcting(String uid, String resource, Set<String> managers) {
    int count = corrections.answered(uid);
    if (count == TOLD_AFTER) {
      LOG.atWarn()
          .addKeyValue("resource", resource)
          .addKeyValue("managers", managers)
          .log(
              "another writer changes the status again and again, so it is restored at growing"
                  + " intervals: find the writer in metadata.managedFields");
    } else if (count < TOLD_AFTER) {
      LOG.atInfo()
          .addKeyValue("resource", resource)
          .addKeyValue("managers", managers)
          .log("restored a status that another writer changed");
    }
  }

  void forget(String uid) {
    truths.remove(uid);
    corrections.forget(uid);
  }

  void sizes(StateSizes sizes) {
    sizes.add("ForeignStatuses.truths", truths.size());
    corrections.sizes(sizes);
  }
}
