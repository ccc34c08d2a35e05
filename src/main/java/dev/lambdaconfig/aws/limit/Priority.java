package dev.lambdaconfig.aws.limit;

/** What a call is for; the most urgent comes first. */
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
