package dev.lambdaconfig.aws.limit;

/** What became of a call, as far as the budget is concerned. */
public enum CallOutcome {
  /** AWS answered, be it with an error, but not that it is asked too often. */
  ANSWERED,
  /** AWS said that it is asked too often. */
  THROTTLED,
  /** No answer came: no connection, a timeout, or a 5xx of whatever stands in front of AWS. */
  UNREACHABLE
}
