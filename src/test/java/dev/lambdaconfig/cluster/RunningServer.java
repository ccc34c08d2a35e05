package dev.lambdaconfig.cluster;

import java.nio.file.Path;

/** A server as its kind knows it; {@link ApiServer} is what tests see. */
interface RunningServer extends AutoCloseable {

  Path kubeconfig();

  /** Makes every request fail or hang until {@link #resume}; what was stored stays. */
  void halt();

  /** Returns when the server is ready again, at the same address. */
  void resume();

  @Override
  void close();
}
