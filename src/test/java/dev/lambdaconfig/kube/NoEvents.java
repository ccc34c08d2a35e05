package dev.lambdaconfig.kube;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.status.Notice;

/** A recorder for tests that look at no Events. */
public final class NoEvents implements EventRecorder {
  @Override
  public void record(LambdaFunctionConfig about, Notice notice) {}

  @Override
  public void recordOnce(LambdaFunctionConfig about, String key, Notice notice) {}

  @Override
  public void close() {}
}
