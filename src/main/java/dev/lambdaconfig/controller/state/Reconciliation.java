package dev.lambdaconfig.controller.state;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigSpec;
import dev.lambdaconfig.api.UpdateRecord;
import dev.lambdaconfig.decision.Purpose;
import dev.lambdaconfig.decision.history.DesiredVersion;
import dev.lambdaconfig.decision.history.UpdateHistory;
import dev.lambdaconfig.kube.secret.BaselineSecrets;
import dev.lambdaconfig.model.Target;
import dev.lambdaconfig.plan.Baseline;
import dev.lambdaconfig.plan.Desired;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The input of one reconcile: everything that it starts from. A new control field of the spec, or a
 * new annotation, is added here and nowhere else.
 *
 * @param resource the resource as the cache has it
 * @param previous what its status says, as last known
 * @param state what this process keeps of it
 * @param desired what its function shall be, or null where the spec cannot be read; without the
 *     values that the spec refers to before it has passed the gates that come before their reading
 * @param target its function, or null where the spec names none that is known
 * @param purpose what the reconcile is for
 * @param requested whether a person or a tool requested it, so that nothing is put off
 * @param queued whether an update that the status announces has waited for the rate limiter since
 * @param now the time of this reconcile
 */
public record Reconciliation(
    LambdaFunctionConfig resource,
    PreviousStatus previous,
    ResourceState state,
    @Nullable Desired desired,
    @Nullable Target target,
    Purpose purpose,
    boolean requested,
    boolean queued,
    Instant now) {

  /** The same reconcile, to put fields back to what they were. */
  public Reconciliation restoring(Desired before, @Nullable Target function) {
    return new Reconciliation(
        resource, previous, state, before, function, Purpose.RESTORE, requested, queued, now);
  }

  /** The same reconcile with the values that its spec refers to. */
  public Reconciliation desiring(Desired resolved) {
    return new Reconciliation(
        resource, previous, state, resolved, target, purpose, requested, queued, now);
  }

  /** The same reconcile of a newer version of the same resource. */
  public Reconciliation of(LambdaFunctionConfig newer) {
    return new Reconciliation(
        newer, previous, state, desired, target, purpose, requested, queued, now);
  }

  /** The desired settings of a spec that passed its gates. */
  public Desired managed() {
    return Objects.requireNonNull(desired);
  }

  /** The function, of a spec that passed its gates. */
  public Target function() {
    return Objects.requireNonNull(target);
  }

  /** The spec, of a resource that passed its gate. */
  public LambdaFunctionConfigSpec spec() {
    return Objects.requireNonNull(resource.getSpec());
  }

  /**
   * Whether the status already says of this very spec that the function is in order.
   *
   * @param baseline the baseline that the reconcile starts with
   * @param readyReason the reason of {@code Ready} that says so
   */
  public boolean isReportedInOrder(Baseline baseline, String readyReason) {
    String secretName = baseline.secretName();
    return !requested
        && (secretName == null || secretName.equals(BaselineSecrets.nameFor(resource)))
        && previous.isInOrder(readyReason, generation(), function().region(), managed());
  }

  /** The UID of the resource. */
  public String uid() {
    return resource.getMetadata().getUid();
  }

  /** The namespace of the resource. */
  public String namespace() {
    return resource.getMetadata().getNamespace();
  }

  /** The generation of the spec. */
  public long generation() {
    return resource.getMetadata().getGeneration();
  }

  /** The version of the desired settings, of a spec that passed its gates. */
  public DesiredVersion version() {
    return DesiredVersion.of(generation(), managed());
  }

  /** Whether the newest update was for this very spec, which is enforced, and did not succeed. */
  public boolean wantsFailed(UpdateHistory history) {
    UpdateRecord newest = history.newest();
    return !onlyObserves()
        && newest != null
        && !UpdateHistory.SUCCEEDED.equals(newest.outcome())
        && version().isOf(newest);
  }

  /** Whether fields are restored. */
  public boolean isRestoring() {
    return purpose == Purpose.RESTORE;
  }

  /** Whether the spec wants the function left as it is, also while an earlier update runs. */
  public boolean onlyObserves() {
    return purpose == Purpose.OBSERVE;
  }
}
