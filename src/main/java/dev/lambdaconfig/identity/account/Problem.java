package dev.lambdaconfig.identity.account;

/**
 * The reason why a resource has no identity.
 *
 * @param reason AWS's code, or a reason of the operator
 * @param message the problem with what to write instead
 */
public record Problem(String reason, String message, Kind kind) {

  /** The meaning of a problem for the identity. */
  public enum Kind {
    /** A problem that passes by itself, and says nothing of the identity. */
    PASSING,
    /**
     * A problem that says nothing of the identity: something keeps the operator from any, such as a
     * clock, its own rights or a proxy, and a person has to help.
     */
    OF_OPERATOR,
    /** An identity that does not exist, or that is refused, until a person helps. */
    OF_IDENTITY
  }

  /** Whether it passes by itself; else only a person can help. */
  public boolean passing() {
    return kind == Kind.PASSING;
  }
}
