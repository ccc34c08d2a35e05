package dev.lambdaconfig.aws.limit;

/** The right to make one call, which counts as running until it is told what became of it. */
public interface Permit {

  /** Tells what became of the call. To be told in any case, once; a second time does nothing. */
  void done(CallOutcome outcome);

  /** In place of that: the call was not made, and its token is there for another one. */
  void giveBack();
}
