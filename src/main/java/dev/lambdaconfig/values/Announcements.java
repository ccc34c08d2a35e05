package dev.lambdaconfig.values;

import dev.lambdaconfig.debug.StateSizes;
import dev.lambdaconfig.timing.RepeatedTask;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The resources that are yet to hear of a changed source: some of each namespace at a time, because
 * thousands can depend on one, and all that is triggered waits in one queue.
 */
final class Announcements implements StateSizes.Source {

  /** Resources of a namespace that hear of changes at a time: more than AWS lets be updated. */
  static final int SLICE = 50;

  /** Time between two slices. */
  static final Duration INTERVAL = Duration.ofMillis(100);

  private final Consumer<Collection<ResourceID>> listener;
  private final Map<String, Set<ResourceID>> pending = new LinkedHashMap<>();
  private final RepeatedTask task;

  /**
   * Creates one with nothing to announce.
   *
   * @param timer announces; closed by its owner
   */
  Announcements(ScheduledThreadPoolExecutor timer, Consumer<Collection<ResourceID>> listener) {
    this.listener = listener;
    this.task =
        new RepeatedTask(timer, "announcements of changes", this::next, this::announceSlice);
  }

  /** Announces a change to resources, the first ones at once. */
  void add(Collection<ResourceID> dependents) {
    synchronized (this) {
      for (ResourceID dependent : dependents) {
        pending
            .computeIfAbsent(dependent.getNamespace().orElse(""), name -> new LinkedHashSet<>())
            .add(dependent);
      }
    }
    if (next() != null) {
      task.runNow();
    }
  }

  private synchronized @Nullable Duration next() {
    return pending.isEmpty() ? null : INTERVAL;
  }

  private void announceSlice() {
    listener.accept(slice());
  }

  /** Takes the first resources of each namespace. */
  synchronized List<ResourceID> slice() {
    List<ResourceID> slice = new ArrayList<>();
    Iterator<Set<ResourceID>> namespaces = pending.values().iterator();
    while (namespaces.hasNext()) {
      Set<ResourceID> ofNamespace = namespaces.next();
      Iterator<ResourceID> next = ofNamespace.iterator();
      for (int count = 0; count < SLICE && next.hasNext(); count++) {
        slice.add(next.next());
        next.remove();
      }
      if (ofNamespace.isEmpty()) {
        namespaces.remove();
      }
    }
    return slice;
  }

  @Override
  public synchronized void sizes(StateSizes sizes) {
    sizes.add("Announcements.pending", pending.values().stream().mapToInt(Set::size).sum());
  }
}
