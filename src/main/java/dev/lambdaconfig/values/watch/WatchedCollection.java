package dev.lambdaconfig.values.watch;

import dev.lambdaconfig.model.source.NamespacedSource;
import dev.lambdaconfig.model.source.SourceKey.Kind;
import dev.lambdaconfig.model.source.WatchScope;
import org.jspecify.annotations.Nullable;

/**
 * The objects that one list and one watch cover.
 *
 * @param namespace the namespace, or null for all
 * @param name the only name, or null for all
 */
public record WatchedCollection(Kind kind, @Nullable String namespace, @Nullable String name) {

  /** The collection in which a source is watched, or null where none is watched. */
  public static @Nullable WatchedCollection of(NamespacedSource source, WatchScope scope) {
    Kind kind = source.key().kind();
    return switch (scope) {
      case CLUSTER -> new WatchedCollection(kind, null, null);
      case NAMESPACE -> new WatchedCollection(kind, source.namespace(), null);
      case NAME -> only(source);
      case NONE -> null;
    };
  }

  /** The collection of one source alone. */
  public static WatchedCollection only(NamespacedSource source) {
    return new WatchedCollection(source.key().kind(), source.namespace(), source.key().name());
  }

  /** Whether a source is one of these objects. */
  public boolean covers(NamespacedSource source) {
    return kind == source.key().kind()
        && (namespace == null || namespace.equals(source.namespace()))
        && (name == null || name.equals(source.key().name()));
  }

  /** The resource of the API, such as {@code secrets}. */
  public String plural() {
    return switch (kind) {
      case SECRET -> "secrets";
      case CONFIG_MAP -> "configmaps";
    };
  }

  /** The collection as a part of a sentence, such as {@code secrets in namespace team-a}. */
  @Override
  public String toString() {
    return plural()
        + (name == null ? "" : " with the name " + name)
        + (namespace == null ? " in all namespaces" : " in namespace " + namespace);
  }
}
