package dev.lambdaconfig.cli.preflight;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The namespaces in which the operator can work, and those in which it cannot.
 *
 * @param granted the namespaces to watch; empty without {@code --namespaces}, for all
 * @param refused by namespace, what is missing there and what to do about it
 */
public record NamespaceRights(Set<String> granted, SortedMap<String, String> refused) {

  /** Copies the collections. */
  public NamespaceRights {
    granted = Set.copyOf(granted);
    refused = new TreeMap<>(refused);
  }

  /** The rights of an operator that has them wherever it is to work. */
  public static NamespaceRights all(Set<String> namespaces) {
    return new NamespaceRights(namespaces, new TreeMap<>());
  }

  /**
   * Divides the namespaces.
   *
   * @param access what is missing, in whichever namespace
   */
  static NamespaceRights of(Collection<String> namespaces, List<RequiredAccess> access) {
    SortedMap<String, List<RequiredAccess>> missing = new TreeMap<>();
    access.stream()
        .filter(each -> !each.isForLease())
        .forEach(
            each ->
                missing.computeIfAbsent(each.namespace(), added -> new ArrayList<>()).add(each));
    Set<String> granted = new TreeSet<>(namespaces);
    granted.removeAll(missing.keySet());
    SortedMap<String, String> refused = new TreeMap<>();
    missing.forEach((namespace, each) -> refused.put(namespace, PreflightMessages.leftOut(each)));
    return new NamespaceRights(granted, refused);
  }

  /** Whether there is nowhere to work. */
  boolean isEmpty() {
    return granted.isEmpty() && !refused.isEmpty();
  }
}
