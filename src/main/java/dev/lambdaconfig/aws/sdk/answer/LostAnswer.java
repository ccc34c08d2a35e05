package dev.lambdaconfig.aws.sdk.answer;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;

/**
 * Tells a call that got no whole answer from one whose answer cannot be read: the exceptions of the
 * SDK's parsers are {@link IOException}s too.
 */
public final class LostAnswer {

  private static final String HTTP_CLIENT = "org.apache.hc.";

  private LostAnswer() {}

  /** Whether an exception of the SDK says that no whole answer came. */
  public static boolean isIn(Throwable exception) {
    return exception instanceof ApiCallTimeoutException
        || exception instanceof ApiCallAttemptTimeoutException
        || exception instanceof AbortedException
        || cause(exception) != null;
  }

  /** The failure of the connection that caused an exception, or null if it has another cause. */
  public static @Nullable IOException cause(Throwable exception) {
    for (Throwable cause = exception.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException io && (isOfTheNetwork(io) || isOfTheClient(io))) {
        return io;
      }
    }
    return null;
  }

  /**
   * Describes a failure of the connection. The texts of the HTTP client can repeat what came, such
   * as the header of a chunk; those of the network and of TLS do not.
   */
  public static String describe(IOException failure) {
    String name = failure.getClass().getSimpleName();
    return isOfTheNetwork(failure) ? name + ": " + failure.getMessage() : name;
  }

  private static boolean isOfTheNetwork(IOException failure) {
    return failure instanceof SocketException
        || failure instanceof InterruptedIOException
        || failure instanceof UnknownHostException
        || failure instanceof SSLException;
  }

  private static boolean isOfTheClient(IOException failure) {
    return failure instanceof EOFException
        || failure.getClass().equals(IOException.class)
        || failure.getClass().getName().startsWith(HTTP_CLIENT);
  }
}
