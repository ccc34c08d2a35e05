package dev.lambdaconfig.cli.export.source;

/** A failure that ends an export, with what to do about it. */
public final class ExportException extends Exception {

  private static final long serialVersionUID = 1L;

  /** Creates it with a message for people. */
  public ExportException(String message) {
    super(message);
  }

  /** Creates it with a message for people. */
  public ExportException(String message, Throwable cause) {
    super(message, cause);
  }
}
