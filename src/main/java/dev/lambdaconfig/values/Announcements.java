package dev.lambdaconfig.values;

import dev.lambdaconfig.debug.StateSizes;
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
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The resources that are yet to hear of a changed source: some of each namespace at a time, because
 * thousands can depend on one, and all that is triggered waits in one queue.
 */
final class Announcements implements StateSizes.Source {

  private static final Logger LOG = LoggerFactory.getLogger(Announcements.class);

  /** Resources of a namespace that hear of changes at a time: more than AWS lets be updated. */
  static final int SLICE = 50;

  /** Time between two slices. */
  static final Duration INTERVAL = Duration.ofMillis(100);

  private final ScheduledThreadPoolExecutor timer;
  private final Consumer<Collection<ResourceID>> listener;
  private final Map<String, Set<ResourceID>> pending = new LinkedHashMap<>();
  private boolean scheduled;

  /**
   * Creates one with nothing to announce.
   *
   * @param timer announces; closed by its owner
   */
  Announcements(ScheduledThreadPoolExecutor timer, Consumer<Collection<ResourceID>> listener) {
    this.timer = timer;
    this.listener = listener;
  }

  /** Announces a change to resources, the first ones at once. */
  void add(Collection<ResourceID> dependents) {
    synchronized (this) {
      for (ResourceID dependent : dependents) {
        pending
            .computeIfAbsent(dependent.getNamespace().orElse(""), name -> new LinkedHashSet<>())
            .add(dependent);
      }
      if (scheduled || pending.isEmpty()) {
        return;
      }
      scheduled = true;
    }
    announce();
  }

  private void announce() {
    try {
      listener.accept(slice());
    } catch (RuntimeException e) {
      LOG.error("a change of a source was not announced", e);
    }
    synchronized (this) {
      scheduled = !pending.isEmpty();
      if (scheduled) {
        try {
          // Errors are caught in there.
          var unused = timer.schedule(this::announce, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
          LOG.debug("no change of a source is announced any more: the operator stops");
        }
      }
    }
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
