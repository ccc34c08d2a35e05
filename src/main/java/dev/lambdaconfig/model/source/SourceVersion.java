package dev.lambdaconfig.model.source;

import org.jspecify.annotations.Nullable;

/**
 * The version of a source as it was found, which says nothing about its values.
 *
 * @param uid the UID of the object, or null where there was none
 * @param resourceVersion the version that the API server gave it, or null where there was none
 */
public record SourceVersion(@Nullable String uid, @Nullable String resourceVersion) {

  /** The version of a source that does not exist. */
  public static final SourceVersion ABSENT = new SourceVersion(null, null);
}
