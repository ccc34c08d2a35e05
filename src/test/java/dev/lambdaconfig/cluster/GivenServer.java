package dev.lambdaconfig.cluster;

import java.nio.file.Path;

/** A cluster that the developer has named; it is neither started nor stopped. */
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
    // The cluster is not stopped: the developer started it.
  }
}
