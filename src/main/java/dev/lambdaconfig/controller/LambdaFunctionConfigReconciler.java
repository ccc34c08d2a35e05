package dev.lambdaconfig.controller;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigSpec;
import dev.lambdaconfig.aws.LambdaFunctions;
import dev.lambdaconfig.aws.Target;
import dev.lambdaconfig.plan.Decision;
import dev.lambdaconfig.plan.Desired;
import dev.lambdaconfig.plan.Memory;
import dev.lambdaconfig.plan.OperatorMode;
import dev.lambdaconfig.plan.Situation;
import dev.lambdaconfig.status.Notice;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps functions as their resources declare them: reads, decides, updates, tells, and comes back.
 *
 * <p>One pass makes at most a few calls and waits for none but these; whatever takes time is waited
 * for by coming back. What fails as expected is a decision, never an exception.
 */
public final class LambdaFunctionConfigReconciler implements Reconciler<LambdaFunctionConfig> {

  /** The spec cannot be acted on. */
  public static final String INVALID_SPEC = "InvalidSpec";

  /** When to come back if the resource changed while its status was written. */
  private static final Duration AFTER_CONFLICT = Duration.ofMillis(500);

  private static final Duration AFTER_INVALID = Duration.ofMinutes(30);

  private final StatusStore statuses;
  private final EventRecorder events;
  private final OperatorMode mode;
  private final Targets targets;
  private final Attempts attempts;
  private final BaselineSecrets secrets;
  private final Safekeeping safekeeping;
  private final Restoration restoration;
  private final Clock clock;
  private final Map<String, Memory> memories = new ConcurrentHashMap<>();
  private @Nullable Claims claims;
  private @Nullable ResourceWatch watch;

  /**
   * Creates a reconciler.
   *
   * @param defaultRegion the Region of functions whose resource names none, or null
   * @param client for finalizers and Secrets, under {@code deletionPolicy: Restore} only
   * @param restoreTimeout how long a deletion may wait for fields to come back
   * @param random numbers between 0 and 1, to spread calls in time
   */
  public LambdaFunctionConfigReconciler(
      LambdaFunctions functions,
      StatusStore statuses,
      EventRecorder events,
      KubernetesClient client,
      @Nullable String defaultRegion,
      Situation.Options options,
      Duration restoreTimeout,
      Clock clock,
      DoubleSupplier random) {
    this.statuses = statuses;
    this.events = events;
    this.mode = options.mode();
    this.targets = new Targets(defaultRegion);
    this.attempts = new Attempts(functions, options, random);
    this.secrets = new BaselineSecrets(client);
    this.safekeeping = new Safekeeping(new RestoreFinalizer(client), secrets, mode);
    this.restoration = new Restoration(attempts, targets, secrets, mode, restoreTimeout);
    this.clock = clock;
  }

  @Override
  public List<EventSource<?, LambdaFunctionConfig>> prepareEventSources(
      EventSourceContext<LambdaFunctionConfig> context) {
    claims = new Claims(context.getPrimaryCache(), targets, mode);
    watch = new ResourceWatch(claims, context.getPrimaryCache(), this::forget);
    return List.of(watch);
  }

  @Override
  public UpdateControl<LambdaFunctionConfig> reconcile(
      LambdaFunctionConfig resource, Context<LambdaFunctionConfig> context) {
    if (context.isPrimaryResourceDeleted()) {
      // Again, for a pass that ran during the deletion may have left something behind.
      forget(resource);
      Objects.requireNonNull(watch).lookForSuccessor(resource);
      return UpdateControl.noUpdate();
    }
    boolean held = RestoreFinalizer.isOn(resource);
    if (resource.isMarkedForDeletion() && !held) {
      return UpdateControl.noUpdate();
    }
    Memory memory = memories.getOrDefault(resource.getMetadata().getUid(), Memory.NONE);
    Pass pass = new Pass(resource, statuses, events, memory, clock.instant());
    if (resource.isMarkedForDeletion()) {
      return restore(pass);
    }
    LambdaFunctionConfigSpec spec = resource.getSpec();
    if (spec != null && spec.suspends()) {
      new Journal(resource, events).suspended();
      return UpdateControl.noUpdate();
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
    } catch (IllegalArgumentException e) {
      return invalid(pass, e.getMessage());
    }
    return keep(pass.managing(desired, target));
  }

  private UpdateControl<LambdaFunctionConfig> keep(Pass pass) {
    return attempts.decided(pass, this::mayUpdate) ? finish(pass) : comeBack(AFTER_CONFLICT);
  }

  /** Nobody else owns the function, and what was there before can come back. */
  private boolean mayUpdate(Pass pass) {
    LambdaFunctionConfig owner = claims().olderOwner(pass);
    if (owner != null) {
      pass.decide(conflict(owner));
      return true;
    }
    return safekeeping.secure(pass);
  }

  private static Decision conflict(LambdaFunctionConfig owner) {
    return new Decision.Stalled(
        Notice.CONFLICT,
        "the function is already kept by the older LambdaFunctionConfig "
            + owner.getMetadata().getNamespace()
            + "/"
            + owner.getMetadata().getName()
            + ": delete one of the two, or set mode: Observe in one of them",
        AFTER_INVALID);
  }

  private UpdateControl<LambdaFunctionConfig> restore(Pass pass) {
    return switch (restoration.attempt(pass, claims())) {
      case RELEASE -> release(pass);
      case SOON -> comeBack(AFTER_CONFLICT);
      case WAIT -> finish(pass);
    };
  }

  /** Takes the finalizer off; the watch tells when that is so. */
  private UpdateControl<LambdaFunctionConfig> release(Pass pass) {
    if (!safekeeping.release(pass)) {
      return finish(pass);
    }
    return pass.resource().isMarkedForDeletion()
        ? UpdateControl.noUpdate()
        : comeBack(AFTER_CONFLICT);
  }

  private Claims claims() {
    return Objects.requireNonNull(claims);
  }

  private UpdateControl<LambdaFunctionConfig> invalid(Pass pass, @Nullable String problem) {
    pass.decide(new Decision.Stalled(INVALID_SPEC, String.valueOf(problem), AFTER_INVALID));
    return finish(pass);
  }

  private UpdateControl<LambdaFunctionConfig> finish(Pass pass) {
    memories.put(pass.uid(), pass.memory());
    return switch (pass.writeStatus()) {
      case DONE ->
          comeBack(
              pass.decision() instanceof Decision.ComeBack decision
                  ? decision.delay()
                  : AFTER_CONFLICT);
      case CONFLICT -> comeBack(AFTER_CONFLICT);
      case GONE -> {
        memories.remove(pass.uid());
        yield UpdateControl.noUpdate();
      }
    };
  }

  private static UpdateControl<LambdaFunctionConfig> comeBack(Duration delay) {
    return UpdateControl.<LambdaFunctionConfig>noUpdate().rescheduleAfter(delay);
  }

  private void forget(LambdaFunctionConfig resource) {
    memories.remove(resource.getMetadata().getUid());
    statuses.forget(resource);
    secrets.forget(resource);
  }
}
