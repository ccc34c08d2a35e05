package dev.lambdaconfig.decision;

/** The end to which a resource is reconciled. */
public enum Purpose {
  /** The function is made what the spec declares. */
  ENFORCE,
  /** The difference is reported, and nothing is written: the spec wants no more. */
  OBSERVE,
  /** The managed fields come back to what they were, because the resource is being deleted. */
  RESTORE
}
