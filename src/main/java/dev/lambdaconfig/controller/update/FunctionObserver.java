package dev.lambdaconfig.controller.update;

import dev.lambdaconfig.aws.CallResult;
import dev.lambdaconfig.aws.RateLimitedLambda;
import dev.lambdaconfig.aws.limit.queue.Priority;
import dev.lambdaconfig.controller.ownership.Claims;
import dev.lambdaconfig.controller.state.Observation;
import dev.lambdaconfig.controller.state.Reconciliation;
import dev.lambdaconfig.controller.state.ResourceState;
import dev.lambdaconfig.controller.state.Step;
import dev.lambdaconfig.controller.state.Verdict;
import dev.lambdaconfig.decision.Decider;
import dev.lambdaconfig.decision.Decision;
import dev.lambdaconfig.decision.Judgement;
import dev.lambdaconfig.decision.Requeue;
import dev.lambdaconfig.decision.history.RetryState;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.FailureKind;
import dev.lambdaconfig.model.ObservedFunction;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Observes the function and decides: from the last full read of it, where the spec is all that
 * changed; else by one read, within the rate limit.
 */
public final class FunctionObserver {

  /** The reads in a row that may fail before the next ones lose their urgency. */
  private static final int URGENT_RETRIES = 4;

  private final RateLimitedLambda lambda;
  private final Sightings sightings;
  private final Claims claims;
  private final DecisionContext context;

  /** Creates an observer. */
  public FunctionObserver(
      RateLimitedLambda lambda, Sightings sightings, Claims claims, DecisionContext context) {
    this.lambda = lambda;
    this.sightings = sightings;
    this.claims = claims;
    this.context = context;
  }

  /** Observes and decides; looks again where the call has to wait for the rate limiter. */
  public Verdict observe(Reconciliation reconciliation, Step step) {
    Step planned = planned(reconciliation, step);
    if (planned != null) {
      return Verdict.pass(planned);
    }
    return switch (read(reconciliation, step)) {
      case CallResult.Deferred<Answer>(Duration delay) ->
          Verdict.lookAgain(step, new Requeue.WhenGranted(delay));
      case CallResult.Unavailable<Answer>(Duration delay) ->
          unavailable(reconciliation, step, delay);
      case CallResult.Answered<Answer>(Answer answer, long began) ->
          answered(reconciliation, step, answer);
    };
  }

  private Verdict answered(Reconciliation reconciliation, Step step, Answer answer) {
    if (answer instanceof Answer.Failed(Failure failure)
        && FailureKind.of(failure) == FailureKind.THROTTLED
        && isRoutine(reconciliation, step)) {
      // Nothing was learned, and nothing is known to differ: the status stays true.
      return Verdict.lookAgain(step, new Requeue.After(context.afterThrottle(failure)));
    }
    sightings.answered(reconciliation, answer);
    claims.answered(reconciliation.resource(), reconciliation.function().identity(), answer);
    return Verdict.pass(decided(reconciliation, step.afterRead(), answer));
  }

  /** Ends the reconcile unless it has decided on an update: a read has brought its verdict. */
  public Verdict judge(Reconciliation reconciliation, Step step) {
    if (step.isUpdate()) {
      return Verdict.pass(step);
    }
    reconciliation.state().observe(seen -> seen.judged(reconciliation.version()));
    reconciliation.state().succeeded(ResourceState.Failures.STALE_REVISIONS);
    return Verdict.decide(step, step.decisionMade());
  }

  private Step decided(Reconciliation reconciliation, Step step, Answer answer) {
    Judgement judgement = Decider.afterRead(context.input(reconciliation, step), answer);
    return step.answered(answer, judgement);
  }

  /**
   * The update that the last read justifies, or null where a read is needed. A cached observation
   * may justify sending an update, and nothing else.
   */
  private @Nullable Step planned(Reconciliation reconciliation, Step step) {
    ObservedFunction known = plannable(reconciliation, step);
    if (known == null) {
      return null;
    }
    Step planned = decided(reconciliation, step, new Answer.Described(known));
    return planned.decision() instanceof Decision.Update update && !update.plan().merged()
        ? planned
        : null;
  }

  /** The function to plan from without a read, or null. */
  private @Nullable ObservedFunction plannable(Reconciliation reconciliation, Step step) {
    // What was there before is taken from what a read shows, and never again.
    boolean never =
        step.decision() != null
            || reconciliation.isRestoring()
            || reconciliation.spec().restores()
            || context.observes(reconciliation);
    // Another operator has brought these very settings in sync since: what is kept is of before.
    boolean outdated =
        Objects.equals(reconciliation.previous().lastReadyGeneration(), reconciliation.generation())
            && Objects.equals(
                reconciliation.previous().sources(), reconciliation.version().sources());
    // A queued update was planned from a read that was new enough for everything.
    boolean unsure = reconciliation.requested() || !step.retryState().isQuiet();
    boolean queued = reconciliation.state().observation().queued() != null;
    if (never || outdated || (unsure && !queued)) {
      return null;
    }
    // Another resource of the same identity may have found that it may not read the function.
    return claims.isDenied(reconciliation.resource()) ? null : sightings.plannable(reconciliation);
  }

  private CallResult<Answer> read(Reconciliation reconciliation, Step step) {
    String uid = reconciliation.uid();
    if (step.retryState().busySince() != null) {
      return lambda.poll(uid, reconciliation.function(), Priority.SETTLE);
    }
    return isUrgent(reconciliation, step)
        ? lambda.read(uid, reconciliation.function(), Priority.READ)
        : lambda.poll(uid, reconciliation.function(), Priority.SWEEP);
  }

  /** Whether a person, a tool or another resource waits for the result of the read. */
  private boolean isUrgent(Reconciliation reconciliation, Step step) {
    boolean judged =
        reconciliation.state().observation().isJudged(reconciliation.version())
            || (reconciliation.state().observation().isNever()
                && context.isReportedInOrder(reconciliation, step));
    return reconciliation.requested()
        || reconciliation.isRestoring()
        || claims.isAsked(reconciliation.uid())
        || !judged
        || !reconciliation.previous().ignores(reconciliation.managed())
        || isFollowedUp(step.retryState());
  }

  /**
   * Whether the last answers left something to find out soon. Functions that could not be read for
   * some time wait behind all else: a tenant can have any number of them.
   */
  private static boolean isFollowedUp(RetryState state) {
    return !state.isQuiet() && !(state.isOnlyUnreadable() && state.unreadable() >= URGENT_RETRIES);
  }

  /** Whether the read is one from time to time: nobody waits for it, and no change was noticed. */
  private boolean isRoutine(Reconciliation reconciliation, Step step) {
    Observation last = reconciliation.state().observation();
    return !isUrgent(reconciliation, step) && (last.function() != null || last.isNever());
  }

  /**
   * Reports that the endpoint does not answer, once, where a person or a tool waits for it. A
   * deletion waits only so long, and has its reason each time.
   */
  private Verdict unavailable(Reconciliation reconciliation, Step step, Duration delay) {
    boolean news =
        reconciliation.isRestoring()
            || ((isUrgent(reconciliation, step) || step.retryState().busySince() != null)
                && !reconciliation.previous().says(Failure.ENDPOINT_UNREACHABLE));
    if (!news) {
      return Verdict.lookAgain(step, new Requeue.WhenGranted(delay));
    }
    Failure failure = Failure.unreachable(reconciliation.function().region(), delay);
    Step away = decided(reconciliation, step, new Answer.Failed(failure));
    return Verdict.decide(away, away.decisionMade());
  }
}
