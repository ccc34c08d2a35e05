package dev.lambdaconfig.model.source;

/** A Secret or ConfigMap of the cluster. */
public record NamespacedSource(String namespace, SourceKey key) {

  /** Kind, namespace and name, such as {@code Secret team-a/db}. */
  @Override
  public String toString() {
    return key.kind() + " " + namespace + "/" + key.name();
  }
}
