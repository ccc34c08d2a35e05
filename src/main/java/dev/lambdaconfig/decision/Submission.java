package dev.lambdaconfig.decision;

import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.FailureKind;

/** The fate of the update that a reconcile sent last. */
public enum Submission {
  /** None was sent. */
  NONE,
  /** AWS accepted it. */
  ACCEPTED,
  /** AWS refused it, or its answer was lost: it may have been applied. */
  UNCERTAIN,
  /**
   * AWS refused it, because the function was changed or is being changed: by another writer, or by
   * an earlier attempt of this very update (docs/aws.md#stale-revision).
   */
  OVERTAKEN,
  /** AWS refused it, and has certainly not applied it. */
  REJECTED;

  /** The fate of the update according to an answer. */
  public static Submission of(Answer answer) {
    return switch (answer) {
      case Answer.Described described -> ACCEPTED;
      case Answer.Failed(Failure failure) -> of(failure);
    };
  }

  private static Submission of(Failure failure) {
    if (failure.mayHaveBeenApplied()) {
      return UNCERTAIN;
    }
    return switch (FailureKind.of(failure)) {
      case STALE_REVISION, BUSY -> OVERTAKEN;
      case NOT_FOUND,
          THROTTLED,
          TRANSIENT,
          PROPAGATING_POLICY,
          PROPAGATING_NETWORK,
          PROPAGATING_ID,
          DENIED,
          REFUSED ->
          REJECTED;
    };
  }

  /** Whether AWS did not accept the update, or nobody knows. */
  public boolean isRefused() {
    return this == UNCERTAIN || this == OVERTAKEN || this == REJECTED;
  }
}
