package dev.lambdaconfig.model.source;

import java.util.Comparator;

/** A Secret or ConfigMap, by kind and name, in the namespace of the resource that refers to it. */
public record SourceKey(Kind kind, String name) implements Comparable<SourceKey> {

  private static final Comparator<SourceKey> ORDER =
      Comparator.comparing(SourceKey::kind).thenComparing(SourceKey::name);

  /** The kinds of objects that values can come from. */
  public enum Kind {
    /** A Secret. */
    SECRET("Secret"),
    /** A ConfigMap. */
    CONFIG_MAP("ConfigMap");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    /** The kind as Kubernetes spells it. */
    @Override
    public String toString() {
      return text;
    }
  }

  /** The Secret of a name. */
  public static SourceKey secret(String name) {
    return new SourceKey(Kind.SECRET, name);
  }

  /** The ConfigMap of a name. */
  public static SourceKey configMap(String name) {
    return new SourceKey(Kind.CONFIG_MAP, name);
  }

  @Override
  public int compareTo(SourceKey other) {
    return ORDER.compare(this, other);
  }

  /** Kind and name, such as {@code Secret db}. */
  @Override
  public String toString() {
    return kind + " " + name;
  }
}
