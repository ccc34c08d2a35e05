package dev.lambdaconfig.controller;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import java.util.Objects;

/** Lets through what a pass can answer to: another spec. Our own status writes are not that. */
public final class UpdateFilter implements OnUpdateFilter<LambdaFunctionConfig> {

  @Override
  public boolean accept(LambdaFunctionConfig now, LambdaFunctionConfig before) {
    return !Objects.equals(now.getMetadata().getGeneration(), before.getMetadata().getGeneration())
        || now.isMarkedForDeletion() != before.isMarkedForDeletion();
  }
}
