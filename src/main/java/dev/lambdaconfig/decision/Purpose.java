package dev.lambdaconfig.decision;

/** The purpose of a reconcile. */
public enum Purpose {
  /** The function is made what the spec declares. */
  ENFORCE,
  /** The difference is reported, and nothing is written, because the spec asks for no more. */
  OBSERVE,
  /** The managed fields are restored, because the resource is being deleted. */
  RESTORE
}
