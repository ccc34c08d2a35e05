package dev.lambdaconfig.cli;

/** Why the operator cannot start, with what to do about it. */
public final class StartupException extends Exception {

  private static final long serialVersionUID = 1L;

  StartupException(String message) {
    super(message);
  }

  StartupException(String message, Throwable cause) {
    super(message, cause);
  }
}
