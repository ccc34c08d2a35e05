package dev.lambdaconfig.decision;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.UpdateRecord;
import dev.lambdaconfig.decision.Decision.InSync;
import dev.lambdaconfig.decision.Decision.Retry;
import dev.lambdaconfig.decision.Decision.Stalled;
import dev.lambdaconfig.decision.Decision.Update;
import dev.lambdaconfig.decision.history.Cause;
import dev.lambdaconfig.decision.history.Contention;
import dev.lambdaconfig.decision.history.DesiredVersion;
import dev.lambdaconfig.decision.history.Pause;
import dev.lambdaconfig.decision.history.RetryState;
import dev.lambdaconfig.decision.history.UpdateHistory;
import dev.lambdaconfig.model.Lifecycle;
import dev.lambdaconfig.model.ObservedFunction;
import dev.lambdaconfig.plan.Diff;
import dev.lambdaconfig.plan.Plan;
import dev.lambdaconfig.plan.redaction.Redaction;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Decides on a function on which no update is running. */
final class SettledDecision {

  /** The reason where an accepted update had no effect on the settled function. */
  private static final String NOT_APPLIED = "NotApplied";

  /** The reason where another writer keeps changing a field. */
  private static final String CONTENDED = "Contended";

  private static final String KEY_NOT_KEPT =
      "AWS stores no kmsKeyArn for a function without environment variables";

  private final DecisionInput input;
  private final ObservedFunction function;
  private final Plan plan;
  private final Lifecycle lifecycle;
  private final @Nullable UpdateRecord last;

  SettledDecision(DecisionInput input, ObservedFunction function, Plan plan) {
    this.input = input;
    this.function = function;
    this.plan = plan;
    this.lifecycle = function.lifecycle();
    this.last = input.history().newest();
  }

  Judgement decide() {
    if (lifecycle.isDead()) {
      return stalled(
          Objects.requireNonNullElse(
              lifecycle.stateReasonCode(), Objects.requireNonNull(lifecycle.state())),
          "the function's State is "
              + lifecycle.state()
              + ": "
              + cleaned(lifecycle.stateReason())
              + "; AWS accepts no update in this State");
    }
    if (lifecycle.lastUpdateFailed()) {
      UpdateRecord ours =
          input.retryState().isRecovered() ? null : input.history().failedWith(updateCode());
      if (ours != null) {
        return afterOurFailure(ours);
      }
      if (plan.isEmpty()) {
        return stalled(updateCode(), "the last update failed: " + updateReason());
      }
    }
    if (isKeyWithNothingToEncrypt()) {
      return new Judgement(
          new InSync(input.recheck(), KEY_NOT_KEPT),
          plan.leftAsItIs(),
          input.history(),
          input.retryState().atRest());
    }
    if (!plan.isEmpty()) {
      return differs();
    }
    if (!plan.blocked().isEmpty()) {
      return stalled(plan.blocked().getFirst().reason(), plan.blocked().getFirst().message());
    }
    if (!plan.unknown().isEmpty()) {
      Plan.Unknown unknown = plan.unknown().getFirst();
      return stalled(
          unknown.code(),
          "AWS could not read "
              + unknown.path()
              + ", so it is left unchanged: "
              + cleaned(unknown.message()));
    }
    return new Judgement(
        new InSync(input.recheck(), remark()), plan, input.history(), input.retryState().atRest());
  }

  /** The differences that are left as they are, or null. */
  private @Nullable String remark() {
    return plan.left().isEmpty()
        ? null
        : "the annotation "
            + LambdaFunctionConfig.IGNORE_DRIFT
            + " leaves "
            + String.join(", ", plan.left())
            + " unchanged";
  }

  /**
   * Decides on a failed update of the operator's own: the one in the history that ended with the
   * code that AWS shows. Because AWS can show the new values all the same
   * (docs/aws.md#failed-update), its fields are sent again even where they read back as desired:
   * with a delay where the code is transient, else once for another spec or revision.
   */
  private Judgement afterOurFailure(UpdateRecord failed) {
    String message = "the last update failed: " + updateReason();
    boolean passes = Decider.passes(lifecycle.lastUpdateStatusReasonCode());
    boolean sameSpec = input.version().isOf(failed);
    boolean sameRevision = isJudged(failed);
    Plan again = Diff.resending(UpdateHistory.fields(failed), input.desired(), function);
    // The plan is empty where the spec has released these fields, or AWS cannot read them.
    boolean wanted = input.requested();
    if (again.isEmpty() || (sameSpec && sameRevision && !passes && !wanted)) {
      return stalled(updateCode(), message);
    }
    return sameSpec && passes && !wanted && held() == null
        ? resentWhenDue(again, message)
        : send(again, cause());
  }

  private Judgement resentWhenDue(Plan again, String message) {
    Pause pause = input.retryState().resend();
    if (pause == null) {
      RetryState retryState =
          input.retryState().failed(input.generation(), updateCode(), input.now());
      Duration delay = RequeuePolicy.retry(retryState.failures() - 1, input.random());
      return new Judgement(
          new Retry(updateCode(), message, delay),
          plan,
          input.history(),
          retryState.resend(new Pause(input.now(), delay)));
    }
    if (!pause.isOver(input.now())) {
      return new Judgement(
          new Retry(updateCode(), message, pause.left(input.now())),
          plan,
          input.history(),
          input.retryState());
    }
    return send(again, Cause.Retried);
  }

  private Judgement differs() {
    if (last != null
        && !input.requested()
        && Decider.givenUp(input.history(), input.version())
        && isJudged(last)) {
      return stalled(
          NOT_APPLIED,
          "AWS accepted and completed the update, but the function does not show it: "
              + String.join(", ", plan.fields())
              + "; the endpoint or this kind of function does not support it: remove it from the"
              + " spec, or check what the function supports");
    }
    Map<String, Integer> found = Diff.found(plan, function);
    Contention contention =
        Contention.in(
            input.history(),
            input.retryState().driftCorrections(),
            found,
            input.generation(),
            input.now());
    if (contention != null && !input.requested() && !contention.pause().isOver(input.now())) {
      return contended(contention);
    }
    Judgement step = send(plan, cause());
    return step.decision() instanceof Update update && update.cause() == Cause.DriftCorrected
        ? new Judgement(
            update, plan, step.history(), step.retryState().puttingBack(input.now(), found))
        : step;
  }

  /**
   * Whether the function is in the state in which an update was judged: at the same RevisionId, or
   * with the same settings, which only this process knows, and of the newest update.
   */
  private boolean isJudged(UpdateRecord record) {
    boolean knowsSettings = record.equals(last) || function.revisionId() == null;
    return function.isIn(record.settledRevision())
        || (knowsSettings && function.isIn(input.retryState().judged()));
  }

  private Judgement contended(Contention contention) {
    return new Judgement(
        new Stalled(
            CONTENDED,
            contention.message(),
            Decider.shorter(contention.pause().left(input.now()), input.recheckStalled())),
        plan,
        input.history(),
        input.retryState().stalled());
  }

  /**
   * Whether the only difference is a key that AWS does not keep
   * (docs/aws.md#kms-key-without-environment). The operator sends it once for each spec.
   */
  private boolean isKeyWithNothingToEncrypt() {
    return plan.fields().size() == 1
        && Diff.isKeyNotKept(plan.fields().getFirst(), function)
        && input.history().hasSent(plan.fields().getFirst(), input.generation());
  }

  /** Decides to send an update, if it has its guard and AWS has not just refused it. */
  private Judgement send(Plan toSend, Cause cause) {
    if (function.revisionId() == null && !input.options().allowUnguarded()) {
      return stalled(
          Decider.NO_REVISION_ID,
          "the endpoint returns no RevisionId, so an update could overwrite a concurrent change:"
              + " start the operator with --allow-unguarded-updates to accept that risk");
    }
    RetryState.Held held = held();
    if (held != null) {
      return new Judgement(
          new Stalled(
              held.reason(),
              held.message(),
              Decider.shorter(held.pause().left(input.now()), input.recheckStalled())),
          plan,
          input.history(),
          input.retryState().held(held));
    }
    return new Judgement(
        new Update(
            toSend,
            function.revisionId(),
            input.purpose() == Purpose.RESTORE ? Cause.Restored : cause),
        plan,
        input.history(),
        input.retryState());
  }

  /** The plan that AWS refused and would refuse again: for the same spec and settings. */
  private RetryState.@Nullable Held held() {
    RetryState.Held held = input.retryState().held();
    if (held == null
        || input.requested()
        || !held.version().equals(input.version())
        || !(function.isIn(held.state()) || function.isIn(input.retryState().judged()))
        || held.pause().isOver(input.now())) {
      return null;
    }
    return held;
  }

  private Cause cause() {
    DesiredVersion version = input.version();
    if (Objects.equals(input.before().lastReadyGeneration(), input.generation())) {
      return Objects.equals(input.before().sources(), version.sources())
          ? Cause.DriftCorrected
          : Cause.ValueChanged;
    }
    if (last == null || !Objects.equals(last.generation(), input.generation())) {
      Cause announced = input.before().announced();
      return announced == Cause.DriftCorrected || announced == Cause.ValueChanged
          ? announced
          : Cause.SpecChanged;
    }
    if (!version.isOf(last)) {
      return Cause.ValueChanged;
    }
    return UpdateHistory.SUCCEEDED.equals(last.outcome()) ? Cause.DriftCorrected : Cause.Retried;
  }

  private Judgement stalled(String reason, String message) {
    return new Judgement(
        new Stalled(reason, message, input.recheckStalled()),
        plan,
        input.history(),
        input.retryState().stalled());
  }

  private String updateCode() {
    return Objects.requireNonNullElse(lifecycle.lastUpdateStatusReasonCode(), "Failed");
  }

  private String updateReason() {
    return cleaned(lifecycle.lastUpdateStatusReason());
  }

  private String cleaned(@Nullable String reason) {
    return Redaction.of(input.desired(), function)
        .withholdingReasons(input.history().mayRepeatUnknownValues(input.version()))
        .cleanReason(reason);
  }
}
