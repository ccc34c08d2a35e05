package dev.lambdaconfig.cli.plan.planning;

import dev.lambdaconfig.model.source.SourceKey;
import dev.lambdaconfig.model.source.ValueSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The Secrets and ConfigMaps that values can be compared with. */
public interface SourceLookup {

  /** Knows none: no value of a Secret or ConfigMap is compared. */
  SourceLookup NONE = (namespace, keys) -> Map.of();

  /**
   * The sources that could be read, and absent ones and those without rights among them.
   *
   * @param namespace the namespace of a resource, or null where it names none
   * @param keys the sources that it refers to
   */
  Map<SourceKey, ValueSource> read(@Nullable String namespace, Set<SourceKey> keys);

  /** Looks in another place for what this one does not know. */
  default SourceLookup orElse(SourceLookup other) {
    return (namespace, keys) -> {
      Map<SourceKey, ValueSource> found = new HashMap<>(read(namespace, keys));
      Set<SourceKey> unknown = new HashSet<>(keys);
      unknown.removeAll(found.keySet());
      if (!unknown.isEmpty()) {
        found.putAll(other.read(namespace, unknown));
      }
      return found;
    };
  }
}
