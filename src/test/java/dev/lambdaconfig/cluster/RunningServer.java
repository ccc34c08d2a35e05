package dev.lambdaconfig.cluster;

import java.nio.file.Path;

/** A running server of one kind; tests use {@link ApiServer}. */
interface RunningServer extends AutoCloseable {

  Path kubeconfig();

  /** Makes every request fail or hang until {@link #resume}; what was stored stays. */
  void halt();

  /** Returns when the server is ready again, at the same address. */
  void resume();

  /**
   * Makes every request hang until {@link #thaw}: connections are taken, and nothing answers.
   *
   * @throws UnsupportedOperationException where the server's process is not this JVM's
   */
  default void freeze() {
    throw new UnsupportedOperationException("not a process of this JVM");
  }

  /** Ends what {@link #freeze} began. */
  default void thaw() {}

  /**
   * Stops the server, copies what it has stored, and starts it again.
   *
   * @param backup a folder that does not exist yet
   * @throws UnsupportedOperationException where etcd is not a process of this JVM
   */
  default void backUp(Path backup) {
    throw new UnsupportedOperationException("no etcd of this JVM");
  }

  /** Stops the server, puts back what {@link #backUp} copied, and starts it again. */
  default void restore(Path backup) {
    throw new UnsupportedOperationException("no etcd of this JVM");
  }

  @Override
  void close();
}
