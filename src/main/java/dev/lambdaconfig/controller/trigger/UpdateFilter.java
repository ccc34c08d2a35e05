package dev.lambdaconfig.controller.trigger;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.kube.ReconcileRequest;
import dev.lambdaconfig.kube.RestoreFinalizer;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import java.util.Objects;
import java.util.function.BiPredicate;

/**
 * Lets through what a reconcile can answer: another resource of the same name, another spec, other
 * fields whose drift is ignored, a request to reconcile, a deletion, the finalizer that a reconcile
 * waits for, a status that another writer has changed. Our own status writes are none of these.
 */
public final class UpdateFilter implements OnUpdateFilter<LambdaFunctionConfig> {

  private final BiPredicate<LambdaFunctionConfig, LambdaFunctionConfig> statusOfOthers;

  /**
   * Creates a filter.
   *
   * @param statusOfOthers asked about each change, whatever else it is
   */
  public UpdateFilter(BiPredicate<LambdaFunctionConfig, LambdaFunctionConfig> statusOfOthers) {
    this.statusOfOthers = statusOfOthers;
  }

  @Override
  public boolean accept(LambdaFunctionConfig now, LambdaFunctionConfig before) {
    now.shareNames(before);
    return statusOfOthers.test(now, before) || isNews(now, before);
  }

  private static boolean isNews(LambdaFunctionConfig now, LambdaFunctionConfig before) {
    return !Objects.equals(now.getMetadata().getUid(), before.getMetadata().getUid())
        || !Objects.equals(now.getMetadata().getGeneration(), before.getMetadata().getGeneration())
        || !Objects.equals(ReconcileRequest.token(now), ReconcileRequest.token(before))
        || !Objects.equals(ReconcileRequest.release(now), ReconcileRequest.release(before))
        || !Objects.equals(now.ignoreDrift(), before.ignoreDrift())
        || now.isMarkedForDeletion() != before.isMarkedForDeletion()
        || RestoreFinalizer.isOn(now) != RestoreFinalizer.isOn(before);
  }
}
