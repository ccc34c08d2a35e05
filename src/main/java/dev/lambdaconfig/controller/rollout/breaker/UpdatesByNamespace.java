package dev.lambdaconfig.controller.rollout.breaker;

import dev.lambdaconfig.debug.StateSizes;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The updates of each namespace that has a resource. Not thread-safe. */
final class UpdatesByNamespace {

  private final Map<String, NamespaceUpdates> byName = new HashMap<>();

  /** Registers a resource, and returns the updates of its namespace. */
  NamespaceUpdates join(String namespace, String uid) {
    NamespaceUpdates updates = byName.computeIfAbsent(namespace, NamespaceUpdates::new);
    updates.resources.add(uid);
    return updates;
  }

  /** The updates of a namespace, or null if it has no resource. */
  @Nullable NamespaceUpdates get(String namespace) {
    return byName.get(namespace);
  }

  Collection<NamespaceUpdates> all() {
    return byName.values();
  }

  /**
   * Removes a resource, and its namespace with the last one.
   *
   * @return whether the namespace went
   */
  boolean leave(String namespace, String uid) {
    NamespaceUpdates updates = byName.get(namespace);
    if (updates == null) {
      return false;
    }
    updates.forget(uid);
    return updates.resources.isEmpty() && byName.remove(namespace) != null;
  }

  /** The windows of some namespaces. */
  Map<String, UpdateWindow> windows(Predicate<NamespaceUpdates> which) {
    Map<String, UpdateWindow> windows = new HashMap<>();
    byName.forEach(
        (name, updates) -> {
          if (which.test(updates)) {
            windows.put(name, updates.window);
          }
        });
    return windows;
  }

  boolean isEmpty() {
    return byName.isEmpty();
  }

  /** The number of namespaces whose own breaker is open, without those whose pause is over. */
  int paused(Predicate<NamespaceUpdates> isOver) {
    return (int)
        byName.values().stream()
            .filter(each -> !each.breaker.isClosed() && !isOver.test(each))
            .count();
  }

  void sizes(StateSizes sizes) {
    sizes.add("UpdatesByNamespace.byName", byName.size());
    byName.values().forEach(updates -> updates.sizes(sizes));
  }
}
