package dev.lambdaconfig.controller;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigSpec;
import dev.lambdaconfig.decision.Decider;
import dev.lambdaconfig.decision.Decision;
import dev.lambdaconfig.decision.OperatorMode;
import dev.lambdaconfig.kube.secret.BaselineSecrets;
import dev.lambdaconfig.kube.secret.FormerBaselineSecrets;
import dev.lambdaconfig.kube.status.StatusRefusedException;
import dev.lambdaconfig.plan.Baseline;
import dev.lambdaconfig.plan.Desired;
import dev.lambdaconfig.status.NextStatus;
import dev.lambdaconfig.status.Notice;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The deletion of a resource that holds the finalizer: the fields that its spec manages come back
 * to what they were, by the same reads and guarded updates as ever.
 *
 * <p>Bounded: AWS may be out of reach for good, and a resource that cannot be deleted holds up its
 * namespace.
 */
final class RestoreWorkflow {

  /** What became of the resource in this pass. */
  sealed interface Outcome {}

  /** Nothing is left to do, or can be done. */
  record Release() implements Outcome {}

  /** The resource changed meanwhile, or a call has to wait for its turn. */
  record LookAgain(Duration delay) implements Outcome {}

  /** The pass has decided to wait. */
  record Undone() implements Outcome {}

  private static final Outcome RELEASE = new Release();
  private static final Outcome UNDONE = new Undone();
  private static final Outcome SOON = new LookAgain(Duration.ofMillis(500));

  private static final String UNWRITABLE = "the resource's status cannot be written";

  /** A look at what cannot be helped here. */
  private static final Duration AFTER_REFUSAL = Duration.ofMinutes(1);

  private final Attempts attempts;
  private final Claims claims;
  private final Targets targets;
  private final BaselineSecrets secrets;
  private final FormerBaselineSecrets former;
  private final OperatorMode mode;
  private final Duration timeout;
  private final LongSupplier nanos;

  /** When each resource was deleted, by the steady clock. */
  private final Map<String, Long> deleted = new ConcurrentHashMap<>();

  /** Restores for as long as the timeout after a deletion. */
  RestoreWorkflow(
      Attempts attempts,
      Claims claims,
      Targets targets,
      BaselineSecrets secrets,
      FormerBaselineSecrets former,
      OperatorMode mode,
      Duration timeout,
      LongSupplier nanos) {
    this.attempts = attempts;
    this.claims = claims;
    this.targets = targets;
    this.secrets = secrets;
    this.former = former;
    this.mode = mode;
    this.timeout = timeout;
    this.nanos = nanos;
  }

  Outcome attempt(Pass pass) {
    Baseline baseline = pass.baseline();
    LambdaFunctionConfigSpec spec = pass.resource().getSpec();
    if (baseline.fields() == null) {
      return RELEASE;
    }
    if (spec == null || spec.unreadable() != null) {
      pass.reporter().abandoned(List.of(), "the spec cannot be read, so it does not say which");
      return RELEASE;
    }
    if (!spec.restores() || spec.suspends() || claims.of(pass) instanceof Claims.Taken) {
      return RELEASE;
    }
    Desired managed = Desired.of(spec);
    if (mode == OperatorMode.OBSERVE) {
      // Whoever deleted it did not choose this, so it is told.
      return abandon(pass, managed.managedPaths(), "the operator runs with --mode=Observe");
    }
    Variables variables = variables(pass, managed);
    Desired before = managed.restoring(baseline, variables.values());
    try {
      pass.restoring(before, targets.of(spec));
    } catch (IllegalArgumentException e) {
      return blocked(pass, before.managedPaths(), String.valueOf(e.getMessage()), AFTER_REFUSAL);
    }
    if (before.managedPaths().isEmpty()) {
      return complete(pass, variables);
    }
    return attempt(pass, variables);
  }

  private Outcome attempt(Pass pass, Variables variables) {
    try {
      return decided(pass, variables);
    } catch (StatusRefusedException e) {
      if (!isLate(pass)) {
        throw e;
      }
      return abandon(pass, pass.differing(), UNWRITABLE);
    }
  }

  private Outcome decided(Pass pass, Variables variables) {
    return switch (attempts.decide(pass, this::mayRestore)) {
      case Attempts.Decided decided -> concluded(pass, variables);
      case Attempts.Soon soon -> isLate(pass) ? abandon(pass, pass.differing(), UNWRITABLE) : SOON;
      case Attempts.Postponed(Duration delay) ->
          isLate(pass)
              ? abandon(pass, pass.differing(), "the request budget of the account is used up")
              : new LookAgain(delay);
    };
  }

  /** Which account a function is in can be known only when it was read. */
  private boolean mayRestore(Pass pass) {
    Claims.Ownership ownership = claims.of(pass);
    if (!(ownership instanceof Claims.Owned)) {
      pass.decide(Claims.decision(ownership, pass));
    }
    return true;
  }

  private Outcome concluded(Pass pass, Variables variables) {
    return switch (pass.decision()) {
      case Decision.InSync inSync -> complete(pass, variables);
      case Decision.Stalled stalled when stalled.reason().equals(Decider.FUNCTION_NOT_FOUND) ->
          RELEASE;
      case Decision.Stalled stalled when stalled.reason().equals(Notice.CONFLICT) -> RELEASE;
      case Decision.InProgress wait ->
          blocked(pass, variables, wait.reason(), wait.message(), wait);
      case Decision.Retry retry -> blocked(pass, variables, retry.reason(), retry.message(), retry);
      case Decision.Paused paused ->
          blocked(pass, variables, NextStatus.UPDATES_PAUSED, paused.message(), paused);
      case Decision.Stalled stalled ->
          blocked(pass, variables, stalled.reason(), stalled.message(), stalled);
      case Decision.Observed observed -> RELEASE;
      case Decision.Update update -> SOON;
      case Decision.ReadAgain readAgain -> SOON;
    };
  }

  /** All that could be put back is back. */
  private Outcome complete(Pass pass, Variables variables) {
    String problem = variables.problem();
    if (problem != null && !variables.lost()) {
      return blocked(pass, variables.paths(), problem, AFTER_REFUSAL);
    }
    if (problem != null) {
      return abandon(pass, variables.paths(), problem);
    }
    List<String> fields = pass.restored();
    if (!fields.isEmpty()) {
      pass.reporter().restored(fields);
    }
    return RELEASE;
  }

  private Outcome blocked(
      Pass pass, Variables variables, String reason, String message, Decision.Terminal next) {
    List<String> fields = new ArrayList<>(pass.differing());
    if (variables.problem() != null) {
      fields.addAll(variables.paths());
    }
    return blocked(pass, fields, reason + ": " + message, next.requeueAfter());
  }

  private Outcome blocked(Pass pass, List<String> fields, String why, Duration delay) {
    if (isLate(pass)) {
      return abandon(pass, fields, why);
    }
    Duration left = left(pass);
    pass.decide(
        new Decision.InProgress(
            NextStatus.RESTORING,
            "putting back what was there before the first update; " + why,
            delay.compareTo(left) < 0 ? delay : left));
    return UNDONE;
  }

  private static Outcome abandon(Pass pass, List<String> fields, String why) {
    pass.reporter().abandoned(fields, why);
    return RELEASE;
  }

  private boolean isLate(Pass pass) {
    return !left(pass).isPositive();
  }

  /**
   * The time that is left. The API server's clock is another one, and both can be set: by them only
   * the time before the first look is measured, and never as more than there is.
   */
  private Duration left(Pass pass) {
    long now = nanos.getAsLong();
    long since =
        deleted.computeIfAbsent(
            pass.uid(), any -> now - Math.min(before(pass).toNanos(), timeout.toNanos()));
    return timeout.minusNanos(now - since);
  }

  private static Duration before(Pass pass) {
    Duration before =
        Duration.between(
            Instant.parse(pass.resource().getMetadata().getDeletionTimestamp()), pass.now());
    return before.isNegative() ? Duration.ZERO : before;
  }

  /** Forgets a resource that is gone. */
  void forget(String uid) {
    deleted.remove(uid);
  }

  /**
   * Environment variables as they were.
   *
   * @param paths the managed fields that are kept in the Secret
   * @param values the variables, or null where there are none or they cannot be read
   * @param problem why they cannot be read, or null
   * @param lost whether that is for good
   */
  private record Variables(
      List<String> paths,
      @Nullable Map<String, String> values,
      @Nullable String problem,
      boolean lost) {
    /** The fields only: the values are secrets. */
    @Override
    public String toString() {
      return "Variables" + paths;
    }
  }

  private Variables variables(Pass pass, Desired managed) {
    Baseline baseline = pass.baseline();
    List<String> paths =
        baseline.secretPaths().stream().filter(managed.managedPaths()::contains).toList();
    String secretName = baseline.secretName();
    if (paths.isEmpty() || secretName == null) {
      return new Variables(List.of(), null, null, false);
    }
    try {
      Map<String, String> values = kept(pass.resource(), secretName);
      return values != null
          ? new Variables(paths, values, null, false)
          : new Variables(paths, null, "the Secret " + secretName + " is gone", true);
    } catch (KubernetesClientException e) {
      String problem =
          e.getCode() == HttpURLConnection.HTTP_FORBIDDEN
              ? BaselineGate.forbidden(BaselineGate.SECRETS, namespaceOf(pass, secretName))
              : "the Secret " + secretName + " cannot be read (" + e.getCode() + ")";
      return new Variables(paths, null, problem, false);
    }
  }

  /** By the names that they can have only: what a status says is somebody's word. */
  private @Nullable Map<String, String> kept(LambdaFunctionConfig resource, String secretName) {
    Map<String, String> values = secrets.read(resource);
    return values == null && secretName.equals(FormerBaselineSecrets.nameFor(resource))
        ? BaselineSecrets.decodedOrNull(former.read(resource))
        : values;
  }

  private String namespaceOf(Pass pass, String secretName) {
    String own = secrets.namespace();
    return own == null || secretName.equals(FormerBaselineSecrets.nameFor(pass.resource()))
        ? pass.resource().getMetadata().getNamespace()
        : own;
  }
}
