package dev.lambdaconfig.timing;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Executes tasks of many namespaces, a few at a time. Namespaces take turns, and one has half of
 * the places at most: however many tasks it has, those of another wait for a few only.
 *
 * <p>Thread-safe.
 */
public final class FairExecutor {

  private final Executor executor;
  private final int places;
  private final int placesOfOne;

  /** The tasks that wait, by namespace; the namespace whose turn is next comes first. */
  private final Map<String, Deque<Runnable>> waiting = new LinkedHashMap<>();

  /** The number of tasks that run, by namespace. */
  private final Map<String, Integer> running = new HashMap<>();

  private int taken;

  /** A task whose turn it is. */
  private record Turn(String namespace, Runnable task) {}

  /**
   * Creates an executor without tasks.
   *
   * @param executor runs the tasks, as many at a time as there are places
   * @param places the tasks at a time, at least 2
   */
  public FairExecutor(Executor executor, int places) {
    this.executor = executor;
    this.places = places;
    this.placesOfOne = places / 2;
  }

  /**
   * Executes a task when it is its turn.
   *
   * @throws RejectedExecutionException if the underlying executor has been shut down
   */
  public void execute(String namespace, Runnable task) {
    synchronized (this) {
      waiting.computeIfAbsent(namespace, none -> new ArrayDeque<>()).add(task);
    }
    start();
  }

  private void start() {
    for (Turn turn = next(); turn != null; turn = next()) {
      Turn started = turn;
      try {
        executor.execute(() -> run(started));
      } catch (RejectedExecutionException e) {
        ended(started.namespace());
        throw e;
      }
    }
  }

  private void run(Turn turn) {
    try {
      turn.task().run();
    } finally {
      ended(turn.namespace());
      startNext();
    }
  }

  /**
   * Starts what waits, unless the underlying executor was shut down: then nothing does any more.
   */
  private void startNext() {
    try {
      start();
    } catch (RejectedExecutionException e) {
      // Who adds a task learns of it.
    }
  }

  private synchronized @Nullable Turn next() {
    // Not more than two namespaces have all places of one.
    Map.Entry<String, Deque<Runnable>> first =
        waiting.entrySet().stream()
            .filter(entry -> running.getOrDefault(entry.getKey(), 0) < placesOfOne)
            .findFirst()
            .orElse(null);
    if (taken == places || first == null) {
      return null;
    }
    String namespace = first.getKey();
    Deque<Runnable> tasks = first.getValue();
    waiting.remove(namespace);
    Runnable task = tasks.remove();
    if (!tasks.isEmpty()) {
      waiting.put(namespace, tasks);
    }
    taken++;
    running.merge(namespace, 1, Integer::sum);
    return new Turn(namespace, task);
  }

  private synchronized void ended(String namespace) {
    taken--;
    running.computeIfPresent(namespace, (name, count) -> count == 1 ? null : count - 1);
  }

  /** The number of tasks that wait. */
  public synchronized int waiting() {
    return waiting.values().stream().mapToInt(Deque::size).sum();
  }
}
