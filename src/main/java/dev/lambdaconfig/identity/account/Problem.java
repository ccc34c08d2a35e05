package dev.lambdaconfig.identity.account;

/**
 * Why a resource has no identity.
 *
 * @param reason AWS's code, or a reason of the operator
 * @param message the problem with what to write instead
 */
public record Problem(String reason, String message, Kind kind) {

  /** What a problem says of the identity. */
  public enum Kind {
    /** Nothing: it passes by itself. */
    PASSING,
    /**
     * Nothing: something keeps the operator from any identity, such as a clock, its own rights or a
     * proxy, and a person has to help.
     */
    OF_OPERATOR,
    /** It does not exist, or is refused, until a person helps. */
    OF_IDENTITY
  }

  /** Whether it passes by itself; else only a person can help. */
  public boolean passing() {
    return kind == Kind.PASSING;
  }
}
