package dev.lambdaconfig.aws.sdk.http;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Says that the body of an answer has too many bytes. */
public final class TooLongException extends IOException {

  private static final long serialVersionUID = 1L;

  private final int most;

  TooLongException(int most) {
    super("an answer has more than " + most + " bytes");
    this.most = most;
  }

  /** The most bytes that an answer may have. */
  public int most() {
    return most;
  }

  /** The failure of this kind that caused an exception, or null. */
  public static @Nullable TooLongException in(Throwable exception) {
    for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
      if (cause instanceof TooLongException tooLong) {
        return tooLong;
      }
    }
    return null;
  }
}
