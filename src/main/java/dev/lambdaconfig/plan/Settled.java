package dev.lambdaconfig.plan;

import dev.lambdaconfig.api.UpdateRecord;
import dev.lambdaconfig.plan.Decision.Retry;
import dev.lambdaconfig.plan.Decision.Stalled;
import dev.lambdaconfig.plan.Decision.Update;
import dev.lambdaconfig.settings.Lifecycle;
import dev.lambdaconfig.settings.ObservedFunction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Decides on a function that AWS described and that no update is running on. */
final class Settled {

  /** The accepted update did not show in the settled function. */
  private static final String NOT_APPLIED = "NotApplied";

  private final Situation situation;
  private final ObservedFunction function;
  private final Plan plan;
  private final Lifecycle lifecycle;
  private final @Nullable UpdateRecord last;

  Settled(Situation situation, ObservedFunction function, Plan plan) {
    this.situation = situation;
    this.function = function;
    this.plan = plan;
    this.lifecycle = function.lifecycle();
    this.last = situation.history().isEmpty() ? null : situation.history().getFirst();
  }

  Step decide() {
    String arn = function.arn();
    String pinned = situation.pinnedArn();
    if (pinned != null && arn != null && !pinned.equals(arn)) {
      return stalled(
          Decider.TARGET_CHANGED,
          "this resource was resolved to "
              + pinned
              + " and would now change "
              + arn
              + ": restore the operator's Region and account, or create another"
              + " LambdaFunctionConfig for the other function");
    }
    if (lifecycle.isDead()) {
      return stalled(
          Objects.requireNonNullElse(
              lifecycle.stateReasonCode(), Objects.requireNonNull(lifecycle.state())),
          "the function's State is "
              + lifecycle.state()
              + ": "
              + cleaned(lifecycle.stateReason())
              + "; AWS takes no update in this State");
    }
    if (lifecycle.lastUpdateFailed()) {
      if (failedByUs()) {
        return afterOurFailure();
      }
      if (plan.isEmpty()) {
        return stalled(updateCode(), "the last update failed: " + updateReason());
      }
    }
    if (!plan.isEmpty()) {
      return differs();
    }
    if (!plan.unknown().isEmpty()) {
      Plan.Unknown unknown = plan.unknown().getFirst();
      return stalled(
          unknown.code(),
          "AWS could not read "
              + unknown.path()
              + ", so it is left as it is: "
              + cleaned(unknown.message()));
    }
    return new Step(Decider.inSync(situation), plan, situation.history(), Memory.NONE);
  }

  /** The failure that AWS shows is that of our last update, for this very spec. */
  private boolean failedByUs() {
    return last != null
        && Objects.equals(last.generation(), situation.generation())
        && updateCode().equals(last.outcome())
        && Objects.equals(last.settledRevision(), function.revisionId());
  }

  private Step afterOurFailure() {
    UpdateRecord failed = Objects.requireNonNull(last);
    String message = "the last update failed: " + updateReason();
    if (!Decider.passes(lifecycle.lastUpdateStatusReasonCode())) {
      return stalled(updateCode(), message);
    }
    Instant due = situation.memory().resendAt();
    if (due == null) {
      Memory memory = situation.memory().failed(updateCode(), situation.now());
      Duration delay = Delays.retry(memory.failures() - 1, situation.random());
      return new Step(
          new Retry(updateCode(), message, delay),
          plan,
          situation.history(),
          memory.resendAt(situation.now().plus(delay)));
    }
    if (situation.now().isBefore(due)) {
      return new Step(
          new Retry(updateCode(), message, Duration.between(situation.now(), due)),
          plan,
          situation.history(),
          situation.memory());
    }
    Plan again =
        Diff.resending(
            Objects.requireNonNullElse(failed.fields(), List.of()), situation.desired(), function);
    return update(again, Cause.Retried);
  }

  private Step differs() {
    String revision = function.revisionId();
    if (revision == null && !situation.options().allowUnguarded()) {
      return stalled(
          Decider.NO_REVISION_ID,
          "the endpoint gives no RevisionId, so an update could overwrite somebody else's: start"
              + " the operator with --allow-unguarded-updates to take that risk");
    }
    Memory.Held held = held();
    if (held != null) {
      return new Step(
          new Stalled(
              held.reason(),
              held.message(),
              Decider.shorter(
                  Duration.between(situation.now(), held.until()), situation.recheck())),
          plan,
          situation.history(),
          situation.memory().held(held));
    }
    if (last != null
        && Decider.givenUp(situation.history(), situation.generation())
        && Objects.equals(last.settledRevision(), revision)) {
      return stalled(
          NOT_APPLIED,
          "AWS accepted the update and settled, but the function does not show it: "
              + String.join(", ", plan.fields())
              + "; the endpoint or the kind of function does not keep this: remove it from the"
              + " spec, or see what the function can take");
    }
    return update(plan, cause());
  }

  /** What AWS refused and would refuse again: the same spec against the same revision. */
  private Memory.@Nullable Held held() {
    Memory.Held held = situation.memory().held();
    if (held == null
        || held.generation() != situation.generation()
        || !Objects.equals(held.revisionId(), function.revisionId())
        || !situation.now().isBefore(held.until())) {
      return null;
    }
    return held;
  }

  private Step update(Plan toSend, Cause cause) {
    return new Step(
        new Update(toSend, function.revisionId(), cause),
        plan,
        situation.history(),
        situation.memory());
  }

  private Cause cause() {
    if (Objects.equals(situation.lastReadyGeneration(), situation.generation())) {
      return Cause.DriftCorrected;
    }
    boolean triedBefore =
        last != null
            && Objects.equals(last.generation(), situation.generation())
            && !Records.SUCCEEDED.equals(last.outcome());
    if (triedBefore) {
      return Cause.Retried;
    }
    boolean didBefore = last != null && Objects.equals(last.generation(), situation.generation());
    return didBefore ? Cause.DriftCorrected : Cause.SpecChanged;
  }

  private Step stalled(String reason, String message) {
    return new Step(
        new Stalled(reason, message, situation.recheck()),
        plan,
        situation.history(),
        situation.memory());
  }

  private String updateCode() {
    return Objects.requireNonNullElse(lifecycle.lastUpdateStatusReasonCode(), "Failed");
  }

  private String updateReason() {
    return cleaned(lifecycle.lastUpdateStatusReason());
  }

  private String cleaned(@Nullable String message) {
    return Redaction.of(situation.desired(), function).clean(message);
  }
}
