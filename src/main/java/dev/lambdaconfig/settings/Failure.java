package dev.lambdaconfig.settings;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Why a call brought no answer, or the wrong one: a value, because it is expected.
 *
 * @param code AWS's error code, such as {@code ResourceConflictException}, or one of the constants
 *     below where AWS did not answer
 * @param message AWS's message, unredacted: it can repeat environment values and must not leave the
 *     process as it is
 * @param httpStatus the HTTP status, 0 where there was no answer
 * @param retryAfter how long AWS asked to wait, or null
 */
public record Failure(
    String code, @Nullable String message, int httpStatus, @Nullable Duration retryAfter) {

  /** No answer came: refused or lost connections, time-outs, names that do not resolve. */
  public static final String ENDPOINT_UNREACHABLE = "EndpointUnreachable";

  /** No AWS credentials were found, or they could not be fetched. */
  public static final String CREDENTIALS_UNAVAILABLE = "CredentialsUnavailable";

  /** The client could not make the call, or could not read the answer. */
  public static final String CLIENT_ERROR = "ClientError";

  /** A call that AWS may have carried out although no answer tells so. */
  public boolean mayHaveBeenApplied() {
    return (httpStatus == 0 && !code.equals(CREDENTIALS_UNAVAILABLE)) || httpStatus >= 500;
  }

  /** The endpoint has no such operation: emulators say so in many ways. */
  public boolean lacksOperation() {
    return (httpStatus == 404 && !code.equals("ResourceNotFoundException"))
        || httpStatus == 405
        || httpStatus == 501
        || code.startsWith("UnknownOperation");
  }

  @Override
  public String toString() {
    return "Failure[" + code + ", http " + httpStatus + "]";
  }
}
