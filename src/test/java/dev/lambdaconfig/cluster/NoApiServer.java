package dev.lambdaconfig.cluster;

import org.jspecify.annotations.Nullable;

/** There is no server to test against, or it did not start; the message says what to do. */
public final class NoApiServer extends RuntimeException {

  private static final long serialVersionUID = 1;

  NoApiServer(String message) {
    this(message, null);
  }

  NoApiServer(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
