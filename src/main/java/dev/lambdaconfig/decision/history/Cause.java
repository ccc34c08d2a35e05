package dev.lambdaconfig.decision.history;

import org.jspecify.annotations.Nullable;

/** The cause of an update; {@code status.history} uses the names. */
public enum Cause {
  /** The spec declares something new. */
  SpecChanged,
  /** A Secret or ConfigMap that the spec refers to has changed. */
  ValueChanged,
  /** Another writer changed the function. */
  DriftCorrected,
  /** The same update was sent before, without success. */
  Retried,
  /** The resource is being deleted: its fields are restored. */
  Restored;

  /** The cause with a name in a history, or null for one that this operator does not know. */
  public static @Nullable Cause named(@Nullable String name) {
    for (Cause cause : values()) {
      if (cause.name().equals(name)) {
        return cause;
      }
    }
    return null;
  }
}
