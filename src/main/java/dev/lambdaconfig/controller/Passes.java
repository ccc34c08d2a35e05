package dev.lambdaconfig.controller;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigSpec;
import dev.lambdaconfig.aws.RateLimitedLambda;
import dev.lambdaconfig.aws.sweep.FleetSweeper;
import dev.lambdaconfig.decision.Decision;
import dev.lambdaconfig.decision.history.RetryState;
import dev.lambdaconfig.kube.ApiServerBusyException;
import dev.lambdaconfig.kube.EventRecorder;
import dev.lambdaconfig.kube.RestoreFinalizer;
import dev.lambdaconfig.kube.secret.BaselineSecrets;
import dev.lambdaconfig.kube.secret.FormerBaselineSecrets;
import dev.lambdaconfig.kube.status.StatusRefusedException;
import dev.lambdaconfig.kube.status.StatusStore;
import dev.lambdaconfig.model.Target;
import dev.lambdaconfig.plan.Desired;
import dev.lambdaconfig.status.Notice;
import dev.lambdaconfig.status.Notices;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What is done for a resource in one pass: its spec is read, its function observed, decided on and
 * perhaps updated, its status told; and when to come back.
 */
final class Passes {

  /** When the next pass is due, unless something happens before. */
  sealed interface Next {}

  /** After this time. */
  record After(Duration delay) implements Next {}

  /** Not before something happens. */
  record Never() implements Next {}

  private static final Next NEVER = new Never();

  /** When to come back for what changes at any moment. */
  private static final Duration SOON = Duration.ofMillis(500);

  /** Longest time until a resource is looked at again that others keep changing. */
  private static final Duration LONGEST_AFTER_CONFLICT = Duration.ofSeconds(30);

  private static final Duration AFTER_INVALID = Duration.ofMinutes(30);

  private final RateLimitedLambda lambda;
  private final StatusStore statuses;
  private final EventRecorder events;
  private final Targets targets;
  private final Claims claims;
  private final Observations observations;
  private final FleetSweeper sweeper;
  private final FunctionEventSource watch;
  private final WarmStart warmStart;
  private final CircuitBreakers breakers;
  private final Attempts attempts;
  private final BaselineSecrets secrets;
  private final BaselineGate baselineGate;
  private final RestoreWorkflow restoreWorkflow;
  private final DriftTimer meter;
  private final Clock clock;
  private final Map<String, RetryState> memories = new ConcurrentHashMap<>();
  private final UntoldPasses untold;
  private final Backoff conflicts;
  private final AtomicReference<Set<String>> missingFields = new AtomicReference<>(Set.of());

  Passes(
      RateLimitedLambda lambda,
      StatusStore statuses,
      EventRecorder events,
      KubernetesClient client,
      BaselineSecrets secrets,
      Claims claims,
      Targets targets,
      Observations observations,
      FleetSweeper sweeper,
      FunctionEventSource watch,
      DriftTimer meter,
      LambdaFunctionConfigReconciler.Settings settings,
      Clock clock,
      LongSupplier nanos,
      DoubleSupplier random) {
    this.lambda = lambda;
    this.statuses = statuses;
    this.events = events;
    this.claims = claims;
    this.targets = targets;
    this.observations = observations;
    this.sweeper = sweeper;
    this.watch = watch;
    this.meter = meter;
    this.warmStart = new WarmStart(sweeper, observations, settings.mode(), nanos, random);
    this.breakers = new CircuitBreakers(nanos, watch::wake);
    FormerBaselineSecrets former = new FormerBaselineSecrets(client);
    this.secrets = secrets;
    this.baselineGate =
        new BaselineGate(new RestoreFinalizer(client), secrets, former, settings.mode());
    this.attempts =
        new Attempts(
            lambda, sweeper, observations, claims, breakers, baselineGate, settings, random);
    this.restoreWorkflow =
        new RestoreWorkflow(
            attempts,
            claims,
            targets,
            secrets,
            former,
            settings.mode(),
            settings.restoreTimeout(),
            nanos);
    this.clock = clock;
    this.untold = new UntoldPasses(statuses, observations, nanos);
    this.conflicts = new Backoff(SOON, LONGEST_AFTER_CONFLICT, random);
  }

  /**
   * Makes a pass.
   *
   * @throws KubernetesClientException if the API server gives no answer, or refuses what it should
   *     not
   * @throws StatusRefusedException if it refuses the status
   * @throws ApiServerBusyException if it has too much to do, or gives no answer to a status
   */
  Next pass(LambdaFunctionConfig resource) {
    boolean held = RestoreFinalizer.isOn(resource);
    if (resource.isMarkedForDeletion() && !held) {
      return NEVER;
    }
    statuses.putRight(resource);
    Pass learned = untold.take(resource);
    Pass pass = learned == null ? begun(resource) : learned;
    try {
      return learned == null ? pass(pass, held) : finish(learned);
    } finally {
      if (!untold.isKept(pass)) {
        meter.passed(pass);
      }
    }
  }

  private Pass begun(LambdaFunctionConfig resource) {
    String uid = resource.getMetadata().getUid();
    Instant now = clock.instant();
    RetryState retryState = memories.get(uid);
    if (retryState == null) {
      retryState =
          observations.isKnown(uid)
              ? RetryState.NONE
              : PreviousStatus.by(statuses.known(resource).status()).recalled(now);
    }
    return new Pass(resource, statuses, events, retryState, now);
  }

  private Next pass(Pass pass, boolean held) {
    LambdaFunctionConfig resource = pass.resource();
    breakers.releaseIfWished(pass);
    if (resource.isMarkedForDeletion()) {
      return restore(pass);
    }
    LambdaFunctionConfigSpec spec = resource.getSpec();
    if (spec != null && spec.suspends()) {
      return suspend(pass);
    }
    if (spec == null || spec.unreadable() != null) {
      return invalid(pass, spec == null ? "the resource has no spec" : spec.unreadable());
    }
    // By the spec alone: the operator's mode is a brake, and what held a deletion up has to hold it
    // again when that is off.
    if (held && !spec.restores()) {
      return release(pass);
    }
    Desired desired = Desired.of(spec);
    if (!desired.problems().isEmpty()) {
      return invalid(pass, String.join("; ", desired.problems()));
    }
    Target target;
    try {
      target = targets.of(spec);
    } catch (UnknownRegionException e) {
      return invalid(pass, LambdaFunctionConfigReconciler.UNKNOWN_REGION, e.getMessage());
    } catch (IllegalArgumentException e) {
      return invalid(pass, e.getMessage());
    }
    return keep(pass.managing(desired, target));
  }

  /** Acknowledges the spec, and neither reads nor writes the function. */
  private Next suspend(Pass pass) {
    unwatch(pass.resource());
    return switch (pass.writeSuspended()) {
      case DONE, GONE -> NEVER;
      case STALE, BUSY -> afterConflict(pass);
    };
  }

  private Next keep(Pass pass) {
    if (pass.previous().isSuspended() && pass.writeResumed() != StatusStore.Written.DONE) {
      return afterConflict(pass);
    }
    watch.watch(pass.resource());
    if (breakers.isTriedAgain(pass)) {
      pass.insist();
    }
    Duration wait = warmStart.answersFor(pass);
    if (wait != null) {
      return new After(wait);
    }
    return switch (attempts.decide(pass, this::mayUpdate)) {
      case Attempts.Decided decided -> finish(pass);
      case Attempts.Soon soon -> afterConflict(pass);
      case Attempts.Postponed(Duration delay) -> postponed(pass, delay);
    };
  }

  /** Who keeps the turns rings before that; the alarm is for the case that it does not. */
  private Next postponed(Pass pass, Duration delay) {
    if (pass.hasDecided()) {
      memories.put(pass.uid(), pass.retryState());
    }
    return new After(delay);
  }

  /** Nobody else owns the function, and what was there before can come back. */
  private boolean mayUpdate(Pass pass) {
    Claims.Ownership ownership = claims.of(pass);
    if (ownership instanceof Claims.Owned) {
      return baselineGate.secure(pass);
    }
    pass.decide(Claims.decision(ownership, pass));
    if (ownership instanceof Claims.Taken(LambdaFunctionConfig owner)
        && !pass.previous().says(Notice.CONFLICT)) {
      pass.reporter().keptBy(owner);
    }
    return true;
  }

  private Next restore(Pass pass) {
    return switch (restoreWorkflow.attempt(pass)) {
      case RestoreWorkflow.Release release -> release(pass);
      case RestoreWorkflow.LookAgain(Duration delay) -> new After(delay);
      case RestoreWorkflow.Undone undone -> finish(pass);
    };
  }

  /** Takes the finalizer off; the watch tells when that is so. */
  private Next release(Pass pass) {
    if (!baselineGate.release(pass)) {
      return finish(pass);
    }
    return pass.resource().isMarkedForDeletion() ? NEVER : new After(SOON);
  }

  private Next afterConflict(Pass pass) {
    return new After(conflicts.next(pass.uid()));
  }

  private Next invalid(Pass pass, @Nullable String problem) {
    return invalid(pass, LambdaFunctionConfigReconciler.INVALID_SPEC, problem);
  }

  private Next invalid(Pass pass, String reason, @Nullable String problem) {
    unwatch(pass.resource());
    pass.decide(new Decision.Stalled(reason, String.valueOf(problem), AFTER_INVALID));
    return finish(pass);
  }

  /**
   * What a pass has learned is remembered when it is told: else the next one must be able to learn
   * and tell it again. But that an update was sent is never forgotten.
   */
  private Next finish(Pass pass) {
    if (pass.hasSent()) {
      remember(pass);
    }
    if (pass.isToldAlready()) {
      return new After(delay(pass));
    }
    return switch (written(pass)) {
      case DONE -> {
        remember(pass);
        baselineGate.dropValues(pass);
        conflicts.reset(pass.uid());
        tellOfSchema(pass.resource());
        yield new After(delay(pass));
      }
      case STALE -> afterConflict(pass);
      case BUSY -> {
        untold.keep(pass);
        yield afterConflict(pass);
      }
      case GONE -> {
        memories.remove(pass.uid());
        yield NEVER;
      }
    };
  }

  private StatusStore.Written written(Pass pass) {
    try {
      return pass.writeStatus();
    } catch (ApiServerBusyException e) {
      untold.keep(pass);
      throw e;
    }
  }

  /** Tells of an older schema once, on whatever resource comes first. */
  private void tellOfSchema(LambdaFunctionConfig resource) {
    Set<String> missing = statuses.missingFields();
    Set<String> before = missingFields.get();
    if (!missing.equals(before)
        && missingFields.compareAndSet(before, missing)
        && !missing.isEmpty()) {
      events.recordOnce(
          resource,
          "schema-outdated-" + Integer.toHexString(missing.hashCode()),
          Notices.schemaOutdated(missing));
    }
  }

  private static Duration delay(Pass pass) {
    return pass.decision() instanceof Decision.Terminal decision ? decision.requeueAfter() : SOON;
  }

  private void remember(Pass pass) {
    if (pass.retryState().equals(RetryState.NONE)) {
      memories.remove(pass.uid());
    } else {
      memories.put(pass.uid(), pass.retryState());
    }
  }

  /** Nothing is noticed of the function any more. */
  private void unwatch(LambdaFunctionConfig resource) {
    String uid = resource.getMetadata().getUid();
    sweeper.forget(uid);
    lambda.forget(uid);
    observations.forget(uid);
    claims.forget(uid);
    attempts.forget(uid);
    breakers.withdraw(uid);
    meter.forget(uid);
  }

  /** Forgets a resource that is gone. */
  void forget(LambdaFunctionConfig resource) {
    String uid = resource.getMetadata().getUid();
    // First, so that a sweep that has just seen its function change leaves nothing behind.
    watch.forget(uid);
    unwatch(resource);
    memories.remove(uid);
    untold.forget(uid);
    conflicts.reset(uid);
    restoreWorkflow.forget(uid);
    breakers.forget(uid);
    statuses.forget(resource);
    baselineGate.forget(uid);
    secrets.forget(uid);
  }

  CircuitBreakers breakers() {
    return breakers;
  }
}
