package dev.lambdaconfig.controller.report;

import dev.lambdaconfig.api.UpdateRecord;
import dev.lambdaconfig.controller.state.Step;
import dev.lambdaconfig.decision.Decision;
import dev.lambdaconfig.decision.history.Elapsed;
import dev.lambdaconfig.decision.history.RetryState;
import dev.lambdaconfig.model.ObservedFunction;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The update that AWS has been applying for so long that people want to know of it. Most updates
 * end within a second, and an Event costs as much as a status: for those the one of the outcome is
 * enough.
 */
final class LongUpdate {

  /** The time after which a running update is reported. */
  static final Duration AFTER = Duration.ofSeconds(10);

  private LongUpdate() {}

  /** The update of the operator that runs for longer, or null. */
  static @Nullable UpdateRecord in(Step step, Instant now) {
    UpdateRecord open = step.history().open();
    ObservedFunction function = step.function();
    if (open == null || function == null || !(step.decision() instanceof Decision.InProgress)) {
      return null;
    }
    RetryState.Accepted accepted = step.retryState().accepted();
    if (accepted != null && function.modifiedAfter(accepted.lastModified()) > 0) {
      return null;
    }
    Instant sent = sent(open, accepted, function.revisionId(), now);
    return sent != null && Elapsed.between(sent, now).compareTo(AFTER) >= 0 ? open : null;
  }

  /**
   * The time at which an update was sent, or null where it does not run. A process that did not
   * send it takes the time of its announcement, unless the function has not changed since.
   */
  private static @Nullable Instant sent(
      UpdateRecord open,
      RetryState.@Nullable Accepted accepted,
      @Nullable String revision,
      Instant now) {
    if (accepted != null) {
      return accepted.when();
    }
    boolean unsent = revision != null && revision.equals(open.plannedRevision());
    return unsent ? null : Elapsed.told(open.time(), now);
  }
}
