package dev.lambdaconfig.cli.status.metrics;

/** A failure to read metrics, with a message for people. */
final class MetricsException extends Exception {

  private static final long serialVersionUID = 1L;

  MetricsException(String message) {
    super(message);
  }

  MetricsException(String message, Throwable cause) {
    super(message, cause);
  }
}
