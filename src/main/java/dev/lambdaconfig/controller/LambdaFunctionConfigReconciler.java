package dev.lambdaconfig.controller;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigSpec;
import dev.lambdaconfig.aws.LambdaFunctions;
import dev.lambdaconfig.aws.Target;
import dev.lambdaconfig.plan.Decider;
import dev.lambdaconfig.plan.Decision;
import dev.lambdaconfig.plan.Desired;
import dev.lambdaconfig.plan.Memory;
import dev.lambdaconfig.plan.Situation;
import dev.lambdaconfig.settings.Answer;
import dev.lambdaconfig.status.Notice;
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

  /** A pass reads anew so often when the function changes under its hands. */
  private static final int READS = 3;

  /** When to come back if the resource changed while its status was written. */
  private static final Duration AFTER_CONFLICT = Duration.ofMillis(500);

  private static final Duration AFTER_INVALID = Duration.ofMinutes(30);

  private final LambdaFunctions functions;
  private final StatusStore statuses;
  private final EventRecorder events;
  private final Targets targets;
  private final Situation.Options options;
  private final Clock clock;
  private final DoubleSupplier random;
  private final Map<String, Memory> memories = new ConcurrentHashMap<>();
  private @Nullable Claims claims;

  /**
   * Creates a reconciler.
   *
   * @param defaultRegion the Region of functions whose resource names none, or null
   * @param random numbers between 0 and 1, to spread calls in time
   */
  public LambdaFunctionConfigReconciler(
      LambdaFunctions functions,
      StatusStore statuses,
      EventRecorder events,
      @Nullable String defaultRegion,
      Situation.Options options,
      Clock clock,
      DoubleSupplier random) {
    this.functions = functions;
    this.statuses = statuses;
    this.events = events;
    this.targets = new Targets(defaultRegion);
    this.options = options;
    this.clock = clock;
    this.random = random;
  }

  @Override
  public List<EventSource<?, LambdaFunctionConfig>> prepareEventSources(
      EventSourceContext<LambdaFunctionConfig> context) {
    claims = new Claims(context.getPrimaryCache(), targets);
    return List.of(new ResourceWatch(claims, this::forget));
  }

  @Override
  public UpdateControl<LambdaFunctionConfig> reconcile(
      LambdaFunctionConfig resource, Context<LambdaFunctionConfig> context) {
    if (resource.isMarkedForDeletion()) {
      return UpdateControl.noUpdate();
    }
    Memory memory = memories.getOrDefault(resource.getMetadata().getUid(), Memory.NONE);
    Pass pass = new Pass(resource, statuses, events, memory, clock.instant());
    LambdaFunctionConfigSpec spec = resource.getSpec();
    if (spec != null && spec.suspends()) {
      new Journal(resource, events).suspended();
      return UpdateControl.noUpdate();
    }
    if (spec == null || spec.unreadable() != null) {
      return invalid(pass, spec == null ? "the resource has no spec" : spec.unreadable());
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
    for (int read = 1; read <= READS; read++) {
      Answer answer = functions.read(pass.target());
      pass.took(answer, Decider.afterRead(situation(pass), answer));
      LambdaFunctionConfig owner = Objects.requireNonNull(claims).olderOwner(pass);
      if (owner != null) {
        return conflict(pass, owner);
      }
      if (!(pass.decision() instanceof Decision.Update update)) {
        return finish(pass);
      }
      if (pass.writeAhead(update) != StatusStore.Written.DONE) {
        return comeBack(AFTER_CONFLICT);
      }
      Answer outcome =
          functions.update(pass.target(), update.plan().request(), update.revisionId());
      pass.tookUpdate(
          update, outcome, Decider.afterUpdate(situation(pass), update, pass.function(), outcome));
      if (!(pass.decision() instanceof Decision.ReadAgain)) {
        return finish(pass);
      }
    }
    pass.decide(
        new Decision.Retry(
            "PreconditionFailedException",
            "the function was changed by others each time that it was read; trying again",
            Duration.ofSeconds(2)));
    return finish(pass);
  }

  private Situation situation(Pass pass) {
    return pass.situation(random.getAsDouble(), options);
  }

  private UpdateControl<LambdaFunctionConfig> conflict(Pass pass, LambdaFunctionConfig owner) {
    pass.decide(
        new Decision.Stalled(
            Notice.CONFLICT,
            "the function is already kept by the older LambdaFunctionConfig "
                + owner.getMetadata().getNamespace()
                + "/"
                + owner.getMetadata().getName()
                + ": delete one of the two, or set mode: Observe in one of them",
            AFTER_INVALID));
    return finish(pass);
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
  }
}
