package dev.lambdaconfig.model.source;

/**
 * The way in which changes of Secrets and ConfigMaps are noticed; it decides which rights the
 * operator needs.
 */
public enum WatchScope {
  /** One watch of the whole cluster for each kind. */
  CLUSTER("cluster"),
  /** One watch for each kind and namespace that resources refer to. */
  NAMESPACE("namespace"),
  /** One watch for each object that resources refer to. */
  NAME("name"),
  /** No watch: values are read with each reconcile. */
  NONE("none");

  private final String text;

  WatchScope(String text) {
    this.text = text;
  }

  /** The scope as options spell it. */
  @Override
  public String toString() {
    return text;
  }
}
