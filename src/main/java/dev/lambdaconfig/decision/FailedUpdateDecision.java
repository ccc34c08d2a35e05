package dev.lambdaconfig.decision;

import dev.lambdaconfig.decision.Decision.InProgress;
import dev.lambdaconfig.decision.Decision.ReadAgain;
import dev.lambdaconfig.decision.Decision.Retry;
import dev.lambdaconfig.decision.Decision.Stalled;
import dev.lambdaconfig.decision.Decision.Update;
import dev.lambdaconfig.decision.history.Pause;
import dev.lambdaconfig.decision.history.RetryState;
import dev.lambdaconfig.decision.history.UpdateHistory;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.FailureKind;
import dev.lambdaconfig.model.ObservedFunction;
import java.time.Duration;
import java.util.Objects;

/** Decides on an update that AWS refused, or did not answer. */
final class FailedUpdateDecision {

  /**
   * The time for which IAM and KMS may not know what was just created
   * (docs/aws.md#iam-and-kms-propagate).
   */
  private static final Duration POLICY = Duration.ofMinutes(15);

  /**
   * The time for which EC2 may throttle Lambda, or a file system may not be mountable
   * (docs/aws.md#ec2-and-efs-busy).
   */
  private static final Duration NETWORK = Duration.ofMinutes(10);

  /**
   * The time for which EC2 may not know an id that was just created
   * (docs/aws.md#ec2-ids-propagate).
   */
  private static final Duration ID = Duration.ofMinutes(2);

  private final DecisionInput input;
  private final Update update;
  private final Failure failure;
  private final String message;
  private final RetryState retryState;
  private final String settings;

  FailedUpdateDecision(
      DecisionInput input, Update update, ObservedFunction before, Failure failure) {
    this.input = input;
    this.update = update;
    this.failure = failure;
    this.message = input.cleaned(failure, before);
    this.settings = before.settings();
    this.retryState = input.retryState().failed(input.generation(), failure.code(), input.now());
  }

  Judgement decide() {
    // An update that may have been applied stays open in the history: the next read decides
    // (docs/aws.md#lost-answer).
    UpdateHistory unsent =
        failure.mayHaveBeenApplied() ? input.history() : input.history().withoutOpen();
    return switch (FailureKind.of(failure)) {
      case STALE_REVISION ->
          new Judgement(new ReadAgain(), update.plan(), unsent, input.retryState());
      case BUSY -> conflict();
      case THROTTLED, TRANSIENT ->
          new Judgement(
              Decider.retry(failure, message, retryState.failures(), input),
              update.plan(),
              unsent,
              retryState);
      case PROPAGATING_POLICY -> patient(POLICY);
      case PROPAGATING_NETWORK -> patient(NETWORK);
      case PROPAGATING_ID -> patient(ID);
      case DENIED -> refused(failure.code(), RequeuePolicy.DENIED);
      // The function existed a moment ago: what is missing is something that the update names
      // (docs/aws.md#not-found).
      case NOT_FOUND, REFUSED -> refused(failure.code(), RequeuePolicy.REFUSED);
    };
  }

  /**
   * Decides on a conflict, normally with an update that another writer began after the read
   * (docs/aws.md#update-in-progress). Where reads keep showing that nothing runs, AWS takes no
   * update in this State, and its message names it.
   */
  private Judgement conflict() {
    if (retryState.failingFor(input.now()).compareTo(RequeuePolicy.CONFLICTING) >= 0) {
      return refused(failure.code(), RequeuePolicy.DENIED);
    }
    return new Judgement(
        new InProgress(
            Decider.UPDATE_IN_PROGRESS,
            message,
            RequeuePolicy.poll(retryState.polls(), input.random())),
        update.plan(),
        input.history().withoutOpen(),
        retryState.polled());
  }

  /**
   * Decides on a refusal that is final by its code, but often transient: it can be about something
   * that was just created.
   */
  private Judgement patient(Duration patience) {
    if (retryState.failingFor(input.now()).compareTo(patience) >= 0) {
      return refused(failure.code(), RequeuePolicy.REFUSED);
    }
    String meanwhile =
        "; new roles, keys and network resources take AWS some minutes to propagate: retrying"
            + " for "
            + patience.toMinutes()
            + " minutes";
    return new Judgement(
        new Retry(
            failure.code(),
            message + meanwhile,
            RequeuePolicy.retry(retryState.failures() - 1, input.random())),
        update.plan(),
        input.history().endedWith(failure.code(), update.revisionId()),
        retryState);
  }

  private Judgement refused(String code, Duration pause) {
    // The deletion of a resource must not wait for half an hour.
    Duration delay =
        input.purpose() == Purpose.RESTORE
            ? RequeuePolicy.retry(retryState.failures() - 1, input.random())
            : pause;
    RetryState.Held held =
        new RetryState.Held(
            input.version(),
            Objects.requireNonNullElse(update.revisionId(), settings),
            code,
            message,
            new Pause(input.now(), delay));
    // A function that is missing now can be created anew with the same settings.
    boolean isMissing = code.equals(Decider.FUNCTION_NOT_FOUND);
    return new Judgement(
        new Stalled(code, message, Decider.shorter(delay, input.recheckStalled())),
        update.plan(),
        input.history().endedWith(code, update.revisionId()),
        retryState.held(held).judged(isMissing ? null : settings));
  }
}
