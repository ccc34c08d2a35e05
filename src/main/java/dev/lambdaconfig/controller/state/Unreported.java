package dev.lambdaconfig.controller.state;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.kube.ReconcileRequest;
import dev.lambdaconfig.kube.RestoreFinalizer;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A reconcile that found its function in order and could not write so, because the API server was
 * busy or others kept changing the resource: the next one writes what it learned, and asks AWS
 * nothing. It counts as long as nothing has happened that its verdict depends on, and not for long.
 *
 * @param basis the status that its report was made from
 * @param observation what was known of the function then, compared by identity
 * @param since when it was kept, by the steady clock in nanoseconds
 */
public record Unreported(
    Reconciliation reconciliation,
    Step step,
    @Nullable LambdaFunctionConfigStatus basis,
    Observation observation,
    long since) {

  /** Longest time for which a verdict counts that was not reported. */
  private static final Duration LONGEST = Duration.ofSeconds(10);

  /**
   * Whether it holds for the resource as it is now. What gates depend on, such as the policy and
   * the owner of the function, they check anew.
   *
   * @param now what a reconcile starts from now
   * @param known the status as it is known now
   * @param nanos the time of the steady clock
   */
  public boolean holdsFor(
      Reconciliation now, @Nullable LambdaFunctionConfigStatus known, long nanos) {
    LambdaFunctionConfig before = reconciliation.resource();
    LambdaFunctionConfig resource = now.resource();
    return nanos - since <= LONGEST.toNanos()
        && reconciliation.state().isStill(observation)
        && !resource.isMarkedForDeletion()
        && reconciliation.generation() == now.generation()
        && Objects.equals(reconciliation.target(), now.target())
        && Objects.equals(before.ignoreDrift(), resource.ignoreDrift())
        && Objects.equals(ReconcileRequest.token(before), ReconcileRequest.token(resource))
        && Objects.equals(ReconcileRequest.release(before), ReconcileRequest.release(resource))
        && RestoreFinalizer.isOn(before) == RestoreFinalizer.isOn(resource)
        && Objects.equals(basis, known);
  }
}
