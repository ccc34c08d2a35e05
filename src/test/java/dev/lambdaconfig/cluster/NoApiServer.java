package dev.lambdaconfig.cluster;

import org.jspecify.annotations.Nullable;

/** Reports that there is no API server, or that it did not start; the message says what to do. */
public final class NoApiServer extends RuntimeException {

  private static final long serialVersionUID = 1;

  NoApiServer(String message) {
    this(message, null);
  }

  /** The message names the causes too: build logs show the first line of a trace, if that. */
  NoApiServer(String message, @Nullable Throwable cause) {
    super(withCauses(message, cause), cause);
  }

  private static String withCauses(String message, @Nullable Throwable cause) {
    var text = new StringBuilder(message);
    for (var each = cause; each != null; each = each.getCause()) {
      text.append("\n  because of ").append(each);
    }
    return text.toString();
  }
}
