package dev.lambdaconfig.controller.rollout.breaker;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.stream.Stream;

/** UIDs of resources by their namespaces, the first that came first. Not thread-safe. */
final class ResourceGroups {

  private final SequencedMap<String, SequencedSet<String>> byNamespace = new LinkedHashMap<>();
  private int size;

  void add(String namespace, String uid) {
    size += byNamespace.computeIfAbsent(namespace, any -> new LinkedHashSet<>()).add(uid) ? 1 : 0;
  }

  void remove(String namespace, String uid) {
    byNamespace.computeIfPresent(
        namespace,
        (key, uids) -> {
          size -= uids.remove(uid) ? 1 : 0;
          return uids.isEmpty() ? null : uids;
        });
  }

  /** Removes a namespace, and returns the resources that it had. */
  List<String> removeAll(String namespace) {
    SequencedSet<String> removed = byNamespace.remove(namespace);
    size -= removed == null ? 0 : removed.size();
    return removed == null ? List.of() : List.copyOf(removed);
  }

  /** Removes everything, and returns all resources. */
  List<String> clear() {
    List<String> removed = byNamespace.values().stream().flatMap(Collection::stream).toList();
    byNamespace.clear();
    size = 0;
    return removed;
  }

  boolean isEmpty() {
    return byNamespace.isEmpty();
  }

  /** The number of resources. */
  int size() {
    return size;
  }

  /** The number of namespaces that have a resource here. */
  int namespaces() {
    return byNamespace.size();
  }

  /** Each namespace with its first resource. */
  Stream<Map.Entry<String, String>> first() {
    return byNamespace.entrySet().stream()
        .map(entry -> Map.entry(entry.getKey(), entry.getValue().getFirst()));
  }
}
