package dev.lambdaconfig.program;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** A stack of open resources. It is used by one thread. */
public final class OpenResources implements AutoCloseable {

  private final Deque<AutoCloseable> resources = new ArrayDeque<>();
  private final Consumer<String> problems;

  /** Tells of what cannot be closed. */
  public OpenResources(Consumer<String> problems) {
    this.problems = problems;
  }

  public <T extends AutoCloseable> T open(T resource) {
    resources.push(resource);
    return resource;
  }

  /** Closes the resources in the reverse order; a failure does not keep the others open. */
  @Override
  public void close() {
    // The interrupt has ended the program; it must not end the cleanup as well.
    boolean interrupted = Thread.interrupted();
    while (!resources.isEmpty()) {
      try {
        resources.pop().close();
      } catch (Exception e) {
        problems.accept("not cleaned up: " + e);
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
