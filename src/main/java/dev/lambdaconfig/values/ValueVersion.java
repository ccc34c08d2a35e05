package dev.lambdaconfig.values;

import dev.lambdaconfig.model.source.SourceVersion;
import org.jspecify.annotations.Nullable;

/**
 * The version of a source by its values: an object of which only metadata has changed keeps the one
 * that it had. Of the values it has a fingerprint, with a key that never leaves the process. Not
 * thread-safe.
 */
final class ValueVersion {

  private @Nullable String fingerprint;

  /** The version of the object when its values were last read. */
  private @Nullable SourceVersion read;

  /** The version of the object when its values were first read as they are. */
  private @Nullable SourceVersion told;

  /** The version that all dependents know, or null where some have yet to read another one. */
  private @Nullable SourceVersion announced;

  /** Records a read, and returns the version of the values. */
  SourceVersion read(SourceVersion version, String fingerprintNow) {
    SourceVersion same = told;
    if (same == null
        || !fingerprintNow.equals(fingerprint)
        || same.uid() == null
        || !same.uid().equals(version.uid())) {
      same = version;
    }
    fingerprint = fingerprintNow;
    read = version;
    told = same;
    if (announced == null) {
      announced = same;
    }
    return same;
  }

  /** Records that there is nothing to read. */
  void absent() {
    fingerprint = null;
    read = null;
    told = null;
    announced = null;
  }

  /** The version of the values of an object, as far as it was read. */
  @Nullable SourceVersion of(@Nullable SourceVersion version) {
    return version != null && version.equals(read) ? told : version;
  }

  /** Whether there is a version that all dependents know. */
  boolean isAnnounced() {
    return announced != null;
  }

  /** Whether it is the version that all dependents know. */
  boolean isAnnounced(SourceVersion version) {
    return version.equals(announced);
  }

  /** Records that all dependents are about to read the source. */
  void announcing() {
    announced = null;
  }
}
