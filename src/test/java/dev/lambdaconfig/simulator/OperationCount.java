package dev.lambdaconfig.simulator;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The number of requests of one operation, by outcome. */
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

  /** The number of all requests. */
  synchronized long requests() {
    return requests;
  }

  /** The number of throttled requests. */
  synchronized long throttled() {
    return throttled;
  }

  /** The number of requests that were refused for another reason, or lost. */
  synchronized long failed() {
    return failed;
  }

  /** The time of the first request. */
  synchronized @Nullable Instant first() {
    return first;
  }
}
