package dev.lambdaconfig.model;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
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

  /** The beginnings of codes that say that an endpoint has no such operation. */
  private static final List<String> LACKING_CODES =
      List.of("UnknownOperation", "NotImplemented", "UnsupportedOperation", "InvalidAction");

  /** Emulators answer so with a code, such as InternalFailure, that passes where AWS answers it. */
  private static final Pattern LACKING_TEXT =
      Pattern.compile(
          "not (yet |been |yet been )?implemented|NotImplementedError|unknown operation",
          Pattern.CASE_INSENSITIVE);

  /** A call that AWS may have carried out although no answer tells so. */
  public boolean mayHaveBeenApplied() {
    return (httpStatus == 0 && !code.equals(CREDENTIALS_UNAVAILABLE))
        || (httpStatus >= 500 && !lacksOperation());
  }

  /** The endpoint has no such operation: emulators say so in many ways. */
  public boolean lacksOperation() {
    return (httpStatus == 404 && !code.equals("ResourceNotFoundException"))
        || httpStatus == 405
        || httpStatus == 501
        || LACKING_CODES.stream().anyMatch(code::startsWith)
        || (httpStatus >= 500 && message != null && LACKING_TEXT.matcher(message).find());
  }

  @Override
  public String toString() {
    return "Failure[" + code + ", http " + httpStatus + "]";
  }
}
