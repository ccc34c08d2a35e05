package dev.lambdaconfig.program;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** A stack of open resources. It is used by one thread. */
public final class Opened implements AutoCloseable {

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final Consumer<String> problems;

  /** Tells of what cannot be closed. */
  public Opened(Consumer<String> problems) {
    this.problems = problems;
  }

  public <T extends AutoCloseable> T open(T resource) {
    opened.push(resource);
    return resource;
  }

  /** Closes the resources in the reverse order; a failure does not keep the others open. */
  @Override
  public void close() {
    // The interrupt has done its work; it must not end the cleaning up as well.
    boolean interrupted = Thread.interrupted();
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Exception e) {
        problems.accept("not cleaned up: " + e);
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
