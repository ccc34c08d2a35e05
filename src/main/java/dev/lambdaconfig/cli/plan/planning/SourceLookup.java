package dev.lambdaconfig.cli.plan.planning;

import dev.lambdaconfig.model.source.SourceKey;
import dev.lambdaconfig.model.source.ValueSource;
import java.util.Map;
import java.util.Set;

/** The Secrets and ConfigMaps that values can be compared with. */
public interface SourceLookup {

  /** Knows none: no value of a Secret or ConfigMap is compared. */
  SourceLookup NONE = (namespace, keys) -> Map.of();

  /**
   * The sources that could be read, absent ones among them.
   *
   * @param keys the sources that a resource of the namespace refers to
   */
  Map<SourceKey, ValueSource> read(String namespace, Set<SourceKey> keys);
}
