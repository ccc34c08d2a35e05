package dev.lambdaconfig.controller.update;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.aws.CallResult;
import dev.lambdaconfig.aws.RateLimitedLambda;
import dev.lambdaconfig.aws.account.CallLimits;
import dev.lambdaconfig.aws.account.RegionListener;
import dev.lambdaconfig.aws.limit.Reservation;
import dev.lambdaconfig.aws.limit.WaitListener;
import dev.lambdaconfig.aws.limit.queue.Priority;
import dev.lambdaconfig.aws.sweep.FleetSweeper;
import dev.lambdaconfig.aws.sweep.NoSweeps;
import dev.lambdaconfig.controller.InMemoryLambda;
import dev.lambdaconfig.controller.ownership.Claimants;
import dev.lambdaconfig.controller.ownership.Claims;
import dev.lambdaconfig.controller.report.ChangeReporter;
import dev.lambdaconfig.controller.resource.ResourceCaches;
import dev.lambdaconfig.controller.rollout.CircuitBreakers;
import dev.lambdaconfig.controller.state.ManagedResource;
import dev.lambdaconfig.decision.OperatorMode;
import dev.lambdaconfig.decision.history.Cause;
import dev.lambdaconfig.decision.history.DesiredVersion;
import dev.lambdaconfig.decision.history.UpdateHistory;
import dev.lambdaconfig.kube.RecordedEvents;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.Target;
import dev.lambdaconfig.timing.Timing;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;

/** What observers and updaters work with: Lambda and Events in memory, and clocks that stand. */
final class UpdateSetup implements AutoCloseable {

  static final Target FUNCTION = new Target("eu-west-1", "fn");

  static final Failure UNREACHABLE =
      new Failure(Failure.ENDPOINT_UNREACHABLE, "connect timed out", 0, null);
  static final Failure REFUSAL =
      new Failure("InvalidParameterValueException", "no such value", 400, null);
  static final Failure THROTTLED = new Failure("TooManyRequestsException", "slow", 429, null);

  final InMemoryLambda aws = new InMemoryLambda();
  final RecordedEvents events = new RecordedEvents();
  long nanos;

  /** Enough for the calls of any test. */
  final RateLimitedLambda lambda = lambda(1000);

  final FleetSweeper sweeper =
      new FleetSweeper(
          lambda,
          uid -> null,
          Duration.ofMinutes(1),
          new Timing(Clock.fixed(ManagedResource.NOW, ZoneOffset.UTC), () -> nanos, () -> 0.5),
          new NoSweeps());
  final Sightings sightings = new Sightings(sweeper);
  final ChangeReporter changes = new ChangeReporter(events);
  final CircuitBreakers breakers = new CircuitBreakers(() -> nanos, uid -> {}, changes);
  final DecisionContext context = context(OperatorMode.ENFORCE);

  /** Lambda with a quota of its own. */
  RateLimitedLambda lambda(double perSecond) {
    return new RateLimitedLambda(
        aws, aws, new CallLimits(perSecond), () -> nanos, RateLimitedLambda.Listeners.NONE);
  }

  /** Lambda that reports its calls. */
  RateLimitedLambda lambda(WaitListener waits) {
    return new RateLimitedLambda(
        aws,
        aws,
        new CallLimits(1000),
        () -> nanos,
        new RateLimitedLambda.Listeners(waits, RegionListener.NONE));
  }

  /** Lambda whose quota others have used up. */
  RateLimitedLambda usedUp() {
    RateLimitedLambda slow = lambda(1);
    int others = 0;
    while (slow.reserveUpdate("other-" + others, FUNCTION) instanceof Reservation.Granted) {
      others++;
    }
    return slow;
  }

  /** Lambda whose quota of reads others have used up. */
  RateLimitedLambda readsUsedUp() {
    RateLimitedLambda slow = lambda(1);
    int others = 0;
    while (slow.read("other-" + others, FUNCTION, Priority.READ) instanceof CallResult.Answered) {
      others++;
    }
    aws.reads.clear();
    return slow;
  }

  /** Lambda at an endpoint that has not answered for some calls. */
  RateLimitedLambda away() {
    aws.readRefusal = UNREACHABLE;
    for (int i = 0; i < 5; i++) {
      lambda.readNow(FUNCTION);
    }
    return lambda;
  }

  static DecisionContext context(OperatorMode mode) {
    return new DecisionContext(uid -> Duration.ofHours(1), mode, false, () -> 0.5);
  }

  FunctionObserver observer(RateLimitedLambda calls) {
    return observer(calls, claims());
  }

  FunctionObserver observer(RateLimitedLambda calls, Claims claims) {
    return new FunctionObserver(calls, sightings, claims, context);
  }

  /** The claims of these resources. */
  Claims claims(LambdaFunctionConfig... resources) {
    return new Claims(
        new Claimants(
            ResourceCaches.of(resources), OperatorMode.ENFORCE, ManagedResource.ALLOWED, lambda),
        lambda,
        new Claims.ClaimTriggers(uid -> {}, (uid, delay) -> {}, (delay, task) -> task.run()),
        () -> nanos);
  }

  UpdateSender sender() {
    return new UpdateSender(
        lambda,
        new RefusalCheck(lambda),
        breakers,
        changes,
        new UpdateSender.Observing(sightings, context));
  }

  /** The turn of an update of the function. */
  Reservation.Granted granted(ManagedResource resource) {
    nanos += Duration.ofSeconds(2).toNanos();
    return (Reservation.Granted) lambda.reserveUpdate(resource.uid(), FUNCTION);
  }

  /** A history with one announced update. */
  static UpdateHistory announced(String revisionId) {
    return UpdateHistory.NONE.opened(
        List.of("timeout"),
        Cause.SpecChanged,
        DesiredVersion.of(1),
        revisionId,
        ManagedResource.NOW);
  }

  @Override
  public void close() {
    sweeper.close();
  }
}
