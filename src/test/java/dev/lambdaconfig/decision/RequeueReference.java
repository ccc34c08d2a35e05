package dev.lambdaconfig.decision;

import dev.lambdaconfig.model.Failure;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How long the operator waits for what, worked out by running its policy, for the documentation.
 */
public final class RequeueReference {

  private static final Duration HUNDRED_SECONDS = Duration.ofSeconds(100);

  private static final Failure THROTTLED = new Failure("TooManyRequestsException", null, 429, null);

  private RequeueReference() {}

  /** How long is waited for what. */
  public static Map<String, String> delays() {
    Map<String, String> delays = new LinkedHashMap<>();
    delays.put(
        "Between two polls of a running update",
        from(RequeuePolicy.poll(0, 0.5), RequeuePolicy.poll(99, 0.5)) + ", a tenth more or less");
    delays.put(
        "Before a retry by itself",
        from(RequeuePolicy.retry(0, 1), RequeuePolicy.retry(99, 1)) + ", at least half of it");
    delays.put(
        "The longest `Retry-After` that the operator respects", text(RequeuePolicy.LONGEST_ASKED));
    delays.put(
        "Before a throttled read that nobody waits for, and that changes no status",
        text(RequeuePolicy.throttledRead(THROTTLED, 0))
            + " to "
            + text(RequeuePolicy.throttledRead(THROTTLED, 1)));
    delays.put("Until a running update is `UpdateStuck`", text(RequeuePolicy.STUCK_AFTER));
    delays.put("Between two polls of a stuck update", text(RequeuePolicy.STUCK_POLL));
    delays.put(
        "Retries after a conflict (409) although no update runs", text(RequeuePolicy.CONFLICTING));
    delays.put("Before a denied read or update is repeated", text(RequeuePolicy.DENIED));
    delays.put("Before a refused read or update is repeated", text(RequeuePolicy.REFUSED));
    delays.put(
        "Between two reads of a function at rest",
        RequeuePolicy.recheck(HUNDRED_SECONDS, 0).toSeconds()
            + " to "
            + RequeuePolicy.recheck(HUNDRED_SECONDS, 1).toSeconds()
            + " % of `--sweep-interval`; of an hour if `ListFunctions` shows changes"
            + " ([how drift is noticed](fleet.md#how-drift-is-noticed))");
    delays.put(
        "The longest such time where the function is stalled",
        text(RequeuePolicy.stalled(RequeuePolicy.LONGEST_ASKED, 0))
            + " to "
            + text(RequeuePolicy.stalled(RequeuePolicy.LONGEST_ASKED, 1)));
    return delays;
  }

  private static String from(Duration first, Duration last) {
    return text(first) + " growing to " + text(last);
  }

  private static String text(Duration duration) {
    long seconds = duration.toSeconds();
    return seconds % 3600 == 0
        ? seconds / 3600 + " h"
        : seconds % 60 == 0 ? seconds / 60 + " min" : seconds + " s";
  }
}
