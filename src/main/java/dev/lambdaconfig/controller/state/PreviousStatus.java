package dev.lambdaconfig.controller.state;

import dev.lambdaconfig.api.IgnoredField;
import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigSpec;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.api.StatusCondition;
import dev.lambdaconfig.decision.Decider;
import dev.lambdaconfig.decision.DecisionInput;
import dev.lambdaconfig.decision.history.RetryState;
import dev.lambdaconfig.decision.history.UpdateHistory;
import dev.lambdaconfig.kube.ReconcileRequest;
import dev.lambdaconfig.plan.Baseline;
import dev.lambdaconfig.plan.Desired;
import dev.lambdaconfig.plan.EntryOwnership;
import dev.lambdaconfig.plan.IgnoredDrift;
import dev.lambdaconfig.status.Conditions;
import dev.lambdaconfig.status.NextStatus;
import dev.lambdaconfig.status.ValueSourceFacts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The status of a resource when a reconcile begins; empty for a new resource. */
public record PreviousStatus(LambdaFunctionConfigStatus status) {

  /** Returns the given status; an empty one for null. */
  public static PreviousStatus by(@Nullable LambdaFunctionConfigStatus status) {
    return new PreviousStatus(status == null ? new LambdaFunctionConfigStatus() : status);
  }

  /** The recorded updates, newest first. */
  public UpdateHistory history() {
    return UpdateHistory.of(status);
  }

  /** Whether an update may have been sent: the history alone forgets those that were dropped. */
  public boolean isUpdated() {
    return status.lastAppliedTime != null || !history().records().isEmpty();
  }

  /** The values from before the first update; empty without {@code deletionPolicy: Restore}. */
  public Baseline baseline() {
    return Baseline.of(status.baseline);
  }

  /** The entries of merged fields that the resource has set. */
  public EntryOwnership ownership() {
    return EntryOwnership.of(status.owned);
  }

  /** Whether the resource has enforced the whole of a field. */
  public boolean enforced(String path) {
    return status.managedFields != null
        && status.managedFields.contains(path)
        && !says(NextStatus.OBSERVED);
  }

  @Nullable String functionArn() {
    return status.functionArn;
  }

  /** The revision that it speaks of, or null. */
  @Nullable
  public String revisionId() {
    return status.revisionId;
  }

  /** Whether no request to reconcile the resource waits for its answer. */
  public boolean answers(LambdaFunctionConfig resource) {
    String request = ReconcileRequest.token(resource);
    return request == null || request.equals(status.lastHandledReconcileAt);
  }

  /** Whether it says that the resource is suspended. */
  public boolean isSuspended() {
    return condition(Conditions.SUSPENDED) != null;
  }

  /** Whether it is the reason of {@code Ready}. */
  public boolean says(String readyReason) {
    StatusCondition ready = condition(Conditions.READY);
    return ready != null && ready.reason().equals(readyReason);
  }

  /** The generation for which the function was last brought in sync, or null. */
  @Nullable
  public Long lastReadyGeneration() {
    StatusCondition ready = condition(Conditions.READY);
    // An observed function was not brought in sync.
    return ready != null
            && ready.status().equals("True")
            && !ready.reason().equals(NextStatus.OBSERVED)
        ? ready.observedGeneration()
        : null;
  }

  /** The digest of the versions of the sources with whose values it was last in sync, or null. */
  public @Nullable String sources() {
    return ValueSourceFacts.digest(status.valueSources);
  }

  /**
   * Whether it says of this very spec that the function is in order: then nothing but a change of
   * the function can make it untrue.
   *
   * @param readyReason what it says of a function in order
   */
  boolean isInOrder(String readyReason, long generation, String region, Desired desired) {
    StatusCondition ready = condition(Conditions.READY);
    return ready != null
        && ready.status().equals("True")
        && ready.reason().equals(readyReason)
        && Objects.equals(ready.observedGeneration(), generation)
        && status.revisionId != null
        && Objects.equals(status.region, region)
        && desired.managedPaths().equals(status.managedFields)
        && Objects.equals(sources(), desired.sources().digest())
        && ignores(desired);
  }

  /** Whether it lists the fields whose drift is ignored. */
  public boolean ignores(Desired desired) {
    List<IgnoredField> listed = status.ignoredDrift == null ? List.of() : status.ignoredDrift;
    return listed.stream().map(IgnoredField::path).toList().equals(desired.ignored().paths());
  }

  /**
   * The facts about ignored fields, for the next decision.
   *
   * @param fingerprints the fingerprints of environment values that this process knows as applied
   */
  private IgnoredDrift.Past ignoredDrift(
      Desired desired,
      long generation,
      Map<String, String> fingerprints,
      UnaryOperator<String> fingerprint) {
    boolean isInSync =
        Objects.equals(lastReadyGeneration(), generation)
            || (NextStatus.announcesDrift(condition(Conditions.READY))
                && Objects.equals(status.observedGeneration, generation));
    return new IgnoredDrift.Past(
        status.ignoredDrift == null ? List.of() : status.ignoredDrift,
        generation,
        !Objects.equals(sources(), desired.sources().digest()),
        path -> isInSync || history().hasSent(path, generation),
        fingerprints,
        fingerprint);
  }

  /**
   * The settings of a spec, in view of what earlier reconciles have made of the function.
   *
   * @param generation the generation of the spec
   * @param fingerprints the fingerprints of environment values that this process knows as applied
   */
  public Desired continued(
      Desired desired,
      LambdaFunctionConfig resource,
      long generation,
      Map<String, String> fingerprints,
      UnaryOperator<String> fingerprint) {
    Desired ignoring =
        desired
            .owning(ownership(), this::enforced)
            .ignoring(
                resource.ignoreDrift(),
                ignoredDrift(desired, generation, fingerprints, fingerprint));
    LambdaFunctionConfigSpec spec = resource.getSpec();
    return spec != null && spec.restores()
        ? ignoring.sparing(Step.startingBaseline(resource, this))
        : ignoring;
  }

  /** The facts of earlier reconciles that the next decision needs. */
  public DecisionInput.Before before() {
    return new DecisionInput.Before(
        lastReadyGeneration(),
        functionArn(),
        sources(),
        NextStatus.announced(condition(Conditions.READY)),
        status.codeSha256);
  }

  /** The retry state that a process which starts anew can derive from the status. */
  RetryState recalled(Instant now) {
    StatusCondition stalled = condition(Conditions.STALLED);
    if (stalled == null) {
      return RetryState.NONE;
    }
    return Decider.FUNCTION_NOT_FOUND.equals(stalled.reason())
        ? RetryState.NONE.afresh(now)
        : RetryState.afterRestart(history(), stalled.reason(), stalled.message(), now);
  }

  private @Nullable StatusCondition condition(String type) {
    return Conditions.find(status.conditions, type);
  }
}
