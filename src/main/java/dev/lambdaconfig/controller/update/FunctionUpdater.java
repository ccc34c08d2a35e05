package dev.lambdaconfig.controller.update;

import dev.lambdaconfig.aws.RateLimitedLambda;
import dev.lambdaconfig.aws.limit.Reservation;
import dev.lambdaconfig.controller.report.StatusReporter;
import dev.lambdaconfig.controller.state.Gate;
import dev.lambdaconfig.controller.state.Reconciliation;
import dev.lambdaconfig.controller.state.Step;
import dev.lambdaconfig.controller.state.Verdict;
import dev.lambdaconfig.decision.Decision;
import dev.lambdaconfig.decision.Requeue;
import java.time.Duration;

/** Waits for the grant of an update, and has it sent. Nothing here is sent without a grant. */
public final class FunctionUpdater {

  private final RateLimitedLambda lambda;
  private final StatusReporter reporter;
  private final Gate beforeSending;
  private final UpdateSender sender;

  /**
   * Creates an updater.
   *
   * @param beforeSending checked with each grant, right before the update is sent
   */
  public FunctionUpdater(
      RateLimitedLambda lambda, StatusReporter reporter, Gate beforeSending, UpdateSender sender) {
    this.lambda = lambda;
    this.reporter = reporter;
    this.beforeSending = beforeSending;
    this.sender = sender;
  }

  /**
   * Sends the update that was decided on, or queues it.
   *
   * @return a pass where the function changed between read and write, so that it has to be read
   *     again
   */
  public Verdict send(Reconciliation reconciliation, Step step) {
    return switch (lambda.reserveUpdate(reconciliation.uid(), reconciliation.function())) {
      case Reservation.Deferred(Duration delay) -> queued(reconciliation, step, delay);
      case Reservation.Unavailable(Duration delay) -> queued(reconciliation, step, delay);
      case Reservation.Granted granted -> granted(reconciliation, step, granted);
    };
  }

  private Verdict granted(Reconciliation reconciliation, Step step, Reservation.Granted granted) {
    boolean ended = false;
    try {
      Verdict verdict = sent(reconciliation, step, granted);
      ended = true;
      return verdict;
    } finally {
      if (!ended) {
        // Or the Region would have one call less at a time for ever. No effect after the call.
        granted.permit().giveBack();
      }
    }
  }

  private Verdict sent(Reconciliation reconciliation, Step step, Reservation.Granted granted) {
    Verdict verdict = beforeSending.check(reconciliation, step);
    if (verdict instanceof Verdict.Pass) {
      verdict = announced(reconciliation, step, granted);
    } else {
      granted.permit().giveBack();
    }
    return switch (verdict) {
      case Verdict.Pass(Step ready) -> sender.send(reconciliation, ready, granted);
      case Verdict.LookAgain(Step held, Requeue.WhenGranted(Duration delay)) ->
          queued(reconciliation, held, delay);
      case Verdict.LookAgain overtaken -> overtaken;
      case Verdict.Decide paused -> paused;
      case Verdict.Failed failed -> failed;
    };
  }

  /**
   * An update that waits for the rate limiter is reported as about to be sent, whether or not it is
   * announced.
   */
  private Verdict queued(Reconciliation reconciliation, Step step, Duration delay) {
    reconciliation.state().observe(seen -> seen.queued(reconciliation.requested(), true));
    Requeue requeue = new Requeue.WhenGranted(delay);
    return isGuarded(step.update())
        ? Verdict.lookAgain(step.waiting(), requeue)
        : reporter.reportQueued(reconciliation, step, requeue);
  }

  /** Announces an update without a guard, now that it is granted; else returns the grant. */
  private Verdict announced(Reconciliation reconciliation, Step step, Reservation.Granted granted) {
    if (isGuarded(step.update())) {
      return Verdict.pass(step);
    }
    Verdict verdict;
    try {
      verdict = reporter.announce(reconciliation, step, false);
    } catch (RuntimeException | Error e) {
      returned(reconciliation, step, granted);
      throw e;
    }
    if (!(verdict instanceof Verdict.Pass)) {
      returned(reconciliation, step, granted);
    }
    return verdict;
  }

  /** Returns the grant of an update that could not be announced: it waits for the next one. */
  private void returned(Reconciliation reconciliation, Step step, Reservation.Granted granted) {
    granted.permit().giveBack();
    sender.notSent(reconciliation, step);
    reconciliation.state().observe(seen -> seen.queued(reconciliation.requested(), true));
  }

  private static boolean isGuarded(Decision.Update update) {
    return update.revisionId() != null;
  }

  /** Returns the grant of an update that is not wanted any more. */
  public void withdraw(Reconciliation reconciliation) {
    lambda.forget(reconciliation.uid());
  }
}
