package dev.lambdaconfig.cluster;

import java.nio.file.Path;

/** Somebody else's cluster. */
record GivenServer(Path kubeconfig) implements RunningServer {

  @Override
  public void halt() {
    throw new UnsupportedOperationException("a given cluster is not ours to stop");
  }

  @Override
  public void resume() {
    throw new UnsupportedOperationException("a given cluster is not ours to start");
  }

  @Override
  public void close() {
    // It was there before, and stays.
  }
}
