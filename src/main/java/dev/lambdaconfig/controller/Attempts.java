package dev.lambdaconfig.controller;

import dev.lambdaconfig.aws.CallResult;
import dev.lambdaconfig.aws.RateLimitedLambda;
import dev.lambdaconfig.aws.limit.Reservation;
import dev.lambdaconfig.aws.limit.queue.Priority;
import dev.lambdaconfig.aws.sweep.FleetSweeper;
import dev.lambdaconfig.decision.Decider;
import dev.lambdaconfig.decision.Decision;
import dev.lambdaconfig.decision.DecisionInput;
import dev.lambdaconfig.decision.Step;
import dev.lambdaconfig.kube.status.StatusStore;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.FailureKind;
import dev.lambdaconfig.model.ObservedFunction;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Observes, decides, and sends at most one guarded update: what every pass does, each call within
 * the request budget.
 */
public final class Attempts {

  /** What became of a pass. */
  sealed interface Result {}

  /** The pass has decided, and {@link Pass#decision()} says what. */
  record Decided() implements Result {}

  /** The resource changed meanwhile: look at it again soon. */
  record Soon() implements Result {}

  /** A call has to wait for its turn; who keeps the turns calls then, and this at the latest. */
  record Postponed(Duration delay) implements Result {}

  private static final Result DECIDED = new Decided();
  private static final Result SOON = new Soon();

  /** So often an update may meet another revision than it was planned from. */
  private static final int TRIES = 3;

  private final RateLimitedLambda lambda;
  private final RefusalCheck refusals;
  private final FleetSweeper sweeper;
  private final Observations observations;
  private final Claims claims;
  private final CircuitBreakers breakers;
  private final BaselineGate baselineGate;
  private final LambdaFunctionConfigReconciler.Settings settings;
  private final DoubleSupplier random;

  /** How often in a row that was so: a pass may have to end and wait for its turn in between. */
  private final Map<String, Integer> moved = new ConcurrentHashMap<>();

  Attempts(
      RateLimitedLambda lambda,
      FleetSweeper sweeper,
      Observations observations,
      Claims claims,
      CircuitBreakers breakers,
      BaselineGate baselineGate,
      LambdaFunctionConfigReconciler.Settings settings,
      DoubleSupplier random) {
    this.lambda = lambda;
    this.refusals = new RefusalCheck(lambda);
    this.sweeper = sweeper;
    this.observations = observations;
    this.claims = claims;
    this.breakers = breakers;
    this.baselineGate = baselineGate;
    this.settings = settings;
    this.random = random;
  }

  /**
   * Brings a pass to a decision that ends it.
   *
   * @param check asked after each observation: may decide otherwise, or say no to be asked again
   *     soon
   */
  Result decide(Pass pass, Predicate<Pass> check) {
    Result result = attempt(pass, check);
    switch (result) {
      case Decided decided -> breakers.ended(pass);
      case Postponed postponed -> pass.postponed();
      case Soon soon -> {}
    }
    return result;
  }

  private Result attempt(Pass pass, Predicate<Pass> check) {
    boolean waited = observations.isToldAhead(pass.uid());
    if (observations.isRequested(pass.uid())) {
      pass.insist();
    }
    ObservedFunction known = plannable(pass);
    if (known != null) {
      Answer answer = new Answer.Described(known);
      Step step = Decider.afterRead(input(pass), answer);
      // A cached observation may justify sending, and nothing else.
      if (step.decision() instanceof Decision.Update update && !update.plan().merged()) {
        pass.took(answer, step);
        Result result = act(pass, check, waited, false);
        if (result != null) {
          return result;
        }
      }
    }
    while (true) {
      switch (look(pass)) {
        case CallResult.Deferred<Answer>(Duration delay) -> {
          return new Postponed(delay);
        }
        case CallResult.Unavailable<Answer>(Duration delay) -> {
          if (!isNews(pass)) {
            return new Postponed(delay);
          }
          Answer away = new Answer.Failed(unavailable(pass, delay));
          pass.took(away, Decider.afterRead(input(pass), away));
          return DECIDED;
        }
        case CallResult.Answered<Answer>(Answer answer, long began) -> {
          took(pass, answer);
          claims.took(pass.resource(), answer);
          pass.took(answer, Decider.afterRead(input(pass), answer));
        }
      }
      Result result = act(pass, check, waited, true);
      if (result != null) {
        return result;
      }
    }
  }

  /**
   * Carries a decision out.
   *
   * @param waited whether an update has waited for its turn before this pass
   * @param fresh whether it was made from a read of this pass
   * @return what became of the pass, or null to read again
   */
  private @Nullable Result act(Pass pass, Predicate<Pass> check, boolean waited, boolean fresh) {
    if (!check.test(pass)) {
      return SOON;
    }
    if (!(pass.decision() instanceof Decision.Update update)) {
      observations.judged(pass.uid(), pass.generation());
      moved.remove(pass.uid());
      leaveQueue(pass, waited);
      return DECIDED;
    }
    Decision.Paused paused = breakers.pause(pass);
    if (paused != null) {
      leaveQueue(pass, waited);
      return paused(pass, paused);
    }
    if (!baselineGate.secureValues(pass, update)) {
      leaveQueue(pass, waited);
      return DECIDED;
    }
    // A guarded update can be told before it waits for its turn: its revision tells later whether
    // it was applied. Without a guard only this does, so there it is told when its turn has come.
    StatusStore.Written ahead =
        isGuarded(update) ? pass.writeAhead(update, waited) : StatusStore.Written.DONE;
    if (ahead != StatusStore.Written.DONE) {
      if (ahead == StatusStore.Written.BUSY) {
        // Nobody changed what the plan was made from: it needs no other read.
        observations.untold(pass.uid(), pass.isRequested());
      }
      return SOON;
    }
    return switch (lambda.reserveUpdate(pass.uid(), pass.target())) {
      case Reservation.Deferred(Duration delay) -> queued(pass, update, delay);
      case Reservation.Unavailable(Duration delay) -> queued(pass, update, delay);
      case Reservation.Granted reservation ->
          switch (breakers.mayUpdate(pass)) {
            case CircuitBreakers.Go go ->
                isTold(pass, reservation, update)
                    ? send(pass, reservation, (Decision.Update) pass.decision(), fresh)
                    : SOON;
            case CircuitBreakers.NotYet(Duration delay) -> {
              reservation.permit().giveBack();
              yield queued(pass, update, delay);
            }
            case CircuitBreakers.Paused(Decision.Paused decision) -> {
              reservation.permit().giveBack();
              yield paused(pass, decision);
            }
          };
    };
  }

  /** The update that waited for its turn is not wanted now. */
  private void leaveQueue(Pass pass, boolean waited) {
    if (waited) {
      lambda.forget(pass.uid());
    }
  }

  private static boolean isGuarded(Decision.Update update) {
    return update.revisionId() != null;
  }

  /** Whether the status tells of an update whose turn has come; else that turn is given back. */
  private boolean isTold(Pass pass, Reservation.Granted reservation, Decision.Update update) {
    if (isGuarded(update)) {
      return true;
    }
    boolean told = false;
    try {
      told = pass.writeAhead(update, false) == StatusStore.Written.DONE;
    } finally {
      if (!told) {
        reservation.permit().giveBack();
        breakers.notSent(pass);
        observations.queued(pass.uid(), pass.isRequested());
      }
    }
    return told;
  }

  private Result paused(Pass pass, Decision.Paused decision) {
    pass.decide(decision);
    pass.unsent();
    observations.queued(pass.uid(), pass.isRequested());
    return DECIDED;
  }

  private @Nullable Result send(
      Pass pass, Reservation.Granted reservation, Decision.Update update, boolean fresh) {
    sweeper.updating(pass.uid(), true);
    Answer outcome =
        lambda.update(reservation, pass.target(), update.plan().request(), update.revisionId());
    if (outcome instanceof Answer.Failed) {
      sweeper.updating(pass.uid(), false);
    }
    Answer told = refusals.checked(pass, outcome, fresh);
    if (isThrottled(outcome)) {
      // Nothing happened, so what it was planned from is as good as before; and a read would be one
      // more call of the quota that is used up.
      observations.queued(pass.uid(), pass.isRequested());
    } else {
      // Not what can be planned from: its revision moves once more when the update ends.
      took(pass, outcome);
    }
    pass.tookUpdate(update, told, Decider.afterUpdate(input(pass), update, pass.function(), told));
    breakers.sent(pass, outcome);
    if (pass.decision() instanceof Decision.ReadAgain) {
      return again(pass);
    }
    moved.remove(pass.uid());
    return DECIDED;
  }

  private static boolean isThrottled(Answer outcome) {
    return outcome instanceof Answer.Failed(Failure failure)
        && FailureKind.of(failure) == FailureKind.THROTTLED;
  }

  /** The function changed under our hands: it is read anew at once, but not for ever. */
  private @Nullable Result again(Pass pass) {
    if (moved.merge(pass.uid(), 1, Integer::sum) < TRIES) {
      return null;
    }
    pass.give(Decider.everChanging(input(pass)));
    return DECIDED;
  }

  /** What waits for its turn is told as about to be sent, whether or not the history has it yet. */
  private Result queued(Pass pass, Decision.Update update, Duration delay) {
    observations.queued(pass.uid(), pass.isRequested());
    if (!isGuarded(update) && pass.writeStatus() != StatusStore.Written.DONE) {
      return SOON;
    }
    pass.waits();
    return new Postponed(delay);
  }

  /** Forgets a resource that is gone. */
  void forget(String uid) {
    moved.remove(uid);
  }

  private void took(Pass pass, Answer answer) {
    observations.took(pass.uid(), answer);
    sweeper.seen(pass.uid(), answer);
  }

  /** What to plan from without a read, or null where one is needed. */
  private @Nullable ObservedFunction plannable(Pass pass) {
    // What was there before is taken from what a read shows, and never again.
    boolean never =
        pass.isRestoring() || pass.spec().restores() || settings.mode().observes(pass.spec());
    // Another operator has brought this very spec in sync since: what is kept is of before that.
    boolean outdated = Objects.equals(pass.previous().lastReadyGeneration(), pass.generation());
    // A queued update was planned from a read that was new enough for everything.
    boolean unsure = pass.isRequested() || !pass.retryState().isQuiet();
    return never || outdated || (unsure && !observations.isQueued(pass.uid()))
        ? null
        : observations.plannable(pass.uid(), pass.generation(), pass.managed());
  }

  private CallResult<Answer> look(Pass pass) {
    if (pass.retryState().busySince() != null) {
      return lambda.poll(pass.uid(), pass.target(), Priority.SETTLE);
    }
    return isUrgent(pass)
        ? lambda.read(pass.uid(), pass.target(), Priority.READ)
        : lambda.poll(pass.uid(), pass.target(), Priority.SWEEP);
  }

  /** Somebody waits for what comes of it. */
  private boolean isUrgent(Pass pass) {
    boolean judged =
        observations.isJudged(pass.uid(), pass.generation())
            || (!observations.isKnown(pass.uid()) && pass.stands(settings.mode()));
    return pass.isRequested() || pass.isRestoring() || !judged || !pass.retryState().isQuiet();
  }

  /** Whether it has to be told that the endpoint does not answer. */
  private boolean isNews(Pass pass) {
    return (isUrgent(pass) || pass.retryState().busySince() != null)
        && !pass.previous().says(Failure.ENDPOINT_UNREACHABLE);
  }

  private static Failure unavailable(Pass pass, Duration delay) {
    return new Failure(
        Failure.ENDPOINT_UNREACHABLE,
        "the Lambda endpoint of "
            + pass.target().region()
            + " does not answer: check the network, the Region, and AWS_ENDPOINT_URL if it is set",
        0,
        delay);
  }

  private DecisionInput input(Pass pass) {
    return pass.input(
        random.getAsDouble(),
        new DecisionInput.Options(
            sweeper.lookInterval(pass.uid()), settings.allowUnguarded(), settings.mode()));
  }
}
