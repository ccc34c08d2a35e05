package dev.lambdaconfig.aws.limit.queue;

/** The purpose of a call, the most urgent first. */
public enum Priority {
  /** Sends an update. */
  WRITE,
  /** Reads what a changed spec has to be compared with. */
  READ,
  /** Looks at an update that runs. */
  SETTLE,
  /** Looks for drift. */
  SWEEP
}
