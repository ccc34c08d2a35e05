package dev.lambdaconfig.cli.preflight;

/** The first failure of a chain: what a person can do something about. */
public final class RootCause {

  private RootCause() {}

  /** Returns the failure that has no cause. */
  public static Throwable of(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
