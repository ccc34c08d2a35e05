package dev.lambdaconfig.values.watch;

import dev.lambdaconfig.model.source.SourceVersion;
import org.jspecify.annotations.Nullable;

/**
 * The used part of one object of a list, or of one event of a watch.
 *
 * @param event the type of the event, such as {@code ADDED}; null in a list
 * @param code the status code of an event {@code ERROR}, else 0
 */
record MetadataItem(
    @Nullable String event,
    @Nullable String namespace,
    @Nullable String name,
    @Nullable String uid,
    @Nullable String resourceVersion,
    int code) {

  /** The version that the object has; the one of no object after its deletion. */
  SourceVersion version() {
    return "DELETED".equals(event) ? SourceVersion.ABSENT : new SourceVersion(uid, resourceVersion);
  }

  boolean isBookmark() {
    return "BOOKMARK".equals(event);
  }

  boolean isError() {
    return "ERROR".equals(event);
  }
}
