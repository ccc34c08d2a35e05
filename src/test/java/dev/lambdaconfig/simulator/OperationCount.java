package dev.lambdaconfig.simulator;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How often one operation was asked for, and how often in vain. */
final class OperationCount {

  private long requests;
  private long throttled;
  private long failed;
  private @Nullable Instant first;

  synchronized void add(LoggedRequest request) {
    requests++;
    if (request.isThrottled()) {
      throttled++;
    } else if (!request.applied()) {
      failed++;
    }
    if (first == null || request.at().isBefore(first)) {
      first = request.at();
    }
  }

  /** All of them. */
  synchronized long requests() {
    return requests;
  }

  /** Refused because there were too many. */
  synchronized long throttled() {
    return throttled;
  }

  /** Refused for another reason, or lost. */
  synchronized long failed() {
    return failed;
  }

  /** When the first one arrived. */
  synchronized @Nullable Instant first() {
    return first;
  }
}
