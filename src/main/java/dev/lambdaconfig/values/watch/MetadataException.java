package dev.lambdaconfig.values.watch;

import java.net.HttpURLConnection;

/** A request for metadata that failed. It repeats nothing of the answer. */
final class MetadataException extends Exception {

  private static final long serialVersionUID = 1L;

  private static final int TOO_MANY_REQUESTS = 429;

  private final int code;

  /**
   * Creates the exception.
   *
   * @param code the status code of the answer, or 0 if there was none or it broke off
   */
  MetadataException(int code, String message) {
    super(message);
    this.code = code;
  }

  /** Whether the operator lacks the right to the request. */
  boolean isDenied() {
    return code == HttpURLConnection.HTTP_FORBIDDEN;
  }

  /**
   * Whether a watch can go on where it was. Any other answer can mean that its version is not known
   * any more, or not yet, such as after a restore of the API server from a backup.
   */
  boolean isResumable() {
    return code == 0 || code == TOO_MANY_REQUESTS || code == HttpURLConnection.HTTP_UNAVAILABLE;
  }

  int code() {
    return code;
  }
}
