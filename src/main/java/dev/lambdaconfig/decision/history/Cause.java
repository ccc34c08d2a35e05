package dev.lambdaconfig.decision.history;

import org.jspecify.annotations.Nullable;

/** Why an update is sent; the names are what {@code status.history} says. */
public enum Cause {
  /** The spec wants something that it did not want before. */
  SpecChanged,
  /** Somebody changed the function behind the operator's back. */
  DriftCorrected,
  /** The same update was sent before, and came to nothing. */
  Retried,
  /** The resource is being deleted: its fields come back to what they were. */
  Restored;

  /** The cause that a history names, or null for one that this operator does not know. */
  public static @Nullable Cause named(@Nullable String name) {
    for (Cause cause : values()) {
      if (cause.name().equals(name)) {
        return cause;
      }
    }
    return null;
  }
}
