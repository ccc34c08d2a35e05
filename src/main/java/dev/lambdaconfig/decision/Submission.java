package dev.lambdaconfig.controller.state;

import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Failure;

/** What became of the update that a reconcile sent last. */
public enum Submission {
  /** None was sent. */
  NONE,
  /** AWS accepted it. */
  ACCEPTED,
  /** AWS refused it, or its answer was lost: it may have been applied. */
  UNCERTAIN,
  /** AWS refused it, and has certainly not applied it. */
  REJECTED;

  /** What an answer says of the update. */
  public static Submission of(Answer answer) {
    return switch (answer) {
      case Answer.Described described -> ACCEPTED;
      case Answer.Failed(Failure failure) -> failure.mayHaveBeenApplied() ? UNCERTAIN : REJECTED;
    };
  }

  /** Whether AWS did not accept the update, or nobody knows. */
  public boolean isRefused() {
    return this == UNCERTAIN || this == REJECTED;
  }
}
