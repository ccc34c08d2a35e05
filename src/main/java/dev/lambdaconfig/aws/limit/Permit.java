package dev.lambdaconfig.aws.limit;

/** The right to make one call, which counts as under way until the permit ends. */
public interface Permit {

  /**
   * Ends the permit with the outcome of the call. Each permit must end; a second end does nothing.
   */
  void done(CallOutcome outcome);

  /** Ends the permit of a call that was not made, and leaves its token to another one. */
  void giveBack();
}
