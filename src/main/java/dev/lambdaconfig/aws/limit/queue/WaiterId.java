package dev.lambdaconfig.aws.limit.queue;

/**
 * Identity of a waiter: a caller, and what it waits to call. A resource that waits for its update
 * keeps that place while it reads.
 *
 * @param uid the UID of the resource that calls; of a sweep, its account and Region
 */
public record WaiterId(String uid, Call call) {

  /** The calls for which one caller can hold a place each. */
  public enum Call {
    /** A read of a resource's function, by whichever operation. */
    READ,
    /** The update of a resource's function. */
    UPDATE,
    /** A page of the list of an account's functions. */
    SWEEP
  }

  /** The resource of the UID, as it reads its function. */
  public static WaiterId read(String uid) {
    return new WaiterId(uid, Call.READ);
  }

  /** The resource of the UID, as it updates its function. */
  public static WaiterId update(String uid) {
    return new WaiterId(uid, Call.UPDATE);
  }

  /** The sweep of an account and Region. */
  public static WaiterId sweep(String scope) {
    return new WaiterId(scope, Call.SWEEP);
  }
}
