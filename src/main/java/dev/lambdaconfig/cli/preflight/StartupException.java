package dev.lambdaconfig.cli.preflight;

/** The reason for which the operator cannot start, and what to do about it. */
public final class StartupException extends Exception {

  private static final long serialVersionUID = 1L;

  /** Creates one with a message that says what to do. */
  public StartupException(String message) {
    super(message);
  }

  /** Creates one with a message that says what to do, and the failure behind it. */
  public StartupException(String message, Throwable cause) {
    super(message, cause);
  }
}
