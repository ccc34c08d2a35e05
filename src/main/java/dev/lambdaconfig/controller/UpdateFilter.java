package dev.lambdaconfig.controller;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import java.util.Objects;

/**
 * Lets through what a pass can answer to: another resource of the same name, another spec, a
 * request to reconcile, a deletion, the finalizer that a pass waits for. Our own status writes are
 * none of these.
 */
public final class UpdateFilter implements OnUpdateFilter<LambdaFunctionConfig> {

  @Override
  public boolean accept(LambdaFunctionConfig now, LambdaFunctionConfig before) {
    return !Objects.equals(now.getMetadata().getUid(), before.getMetadata().getUid())
        || !Objects.equals(now.getMetadata().getGeneration(), before.getMetadata().getGeneration())
        || !Objects.equals(ReconcileRequest.token(now), ReconcileRequest.token(before))
        || !Objects.equals(ReconcileRequest.release(now), ReconcileRequest.release(before))
        || now.isMarkedForDeletion() != before.isMarkedForDeletion()
        || RestoreFinalizer.isOn(now) != RestoreFinalizer.isOn(before);
  }
}
