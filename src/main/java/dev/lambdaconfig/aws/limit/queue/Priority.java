package dev.lambdaconfig.aws.limit.queue;

/** The purpose of a call, the most urgent first. */
public enum Priority {
  /** Sends an update. */
  WRITE,
  /** Reads what a changed spec has to be compared with. */
  READ,
  /** Looks at an update that runs. */
  SETTLE,
  /** Lists functions: no number of resources that read their own stands before it. */
  LIST,
  /** Reads a function from time to time, or one that has been unreadable for long. */
  SWEEP
}
