package dev.lambdaconfig.model;

import dev.lambdaconfig.text.WholeText;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A call that brought no answer, or the wrong one: a value, because it is expected.
 *
 * @param code AWS's error code, such as {@code ResourceConflictException}, or one of the constants
 *     below where AWS did not answer
 * @param message AWS's message, unredacted: it can repeat environment values
 *     (docs/aws.md#environment-echo) and must not leave the process as it is
 * @param httpStatus the HTTP status, 0 where there was no answer
 * @param retryAfter the delay that AWS requested, or null
 */
public record Failure(
    String code, @Nullable String message, int httpStatus, @Nullable Duration retryAfter) {

  /**
   * The code of a call without an answer: a refused or lost connection, a time-out, a name that
   * does not resolve.
   */
  public static final String ENDPOINT_UNREACHABLE = "EndpointUnreachable";

  /** The code of a call for which no AWS credentials were found, or could not be fetched. */
  public static final String CREDENTIALS_UNAVAILABLE = "CredentialsUnavailable";

  /** The code of a call that the client could not make, or whose answer it could not read. */
  public static final String CLIENT_ERROR = "ClientError";

  /** The codes of Lambda and of STS for credentials that they do not know. */
  private static final Set<String> UNKNOWN_CREDENTIALS =
      Set.of("UnrecognizedClientException", "InvalidClientTokenId");

  /** The prefixes of the codes of an endpoint that lacks the operation. */
  private static final List<String> LACKING_CODES =
      List.of("UnknownOperation", "NotImplemented", "UnsupportedOperation", "InvalidAction");

  /**
   * The texts of an emulator that lacks the operation. Its code can be one that is transient on
   * AWS, such as InternalFailure.
   */
  private static final Pattern LACKING_TEXT =
      Pattern.compile(
          "not (yet |been |yet been )?implemented|NotImplementedError|unknown operation",
          Pattern.CASE_INSENSITIVE);

  public Failure {
    code = WholeText.of(code);
    message = message == null ? null : WholeText.of(message);
  }

  /**
   * The failure of a call that is not made, because the endpoint of its Region does not answer.
   *
   * @param retryAfter the delay until the next attempt, or null
   */
  public static Failure unreachable(String region, @Nullable Duration retryAfter) {
    return new Failure(
        ENDPOINT_UNREACHABLE,
        "the Lambda endpoint of "
            + region
            + " does not answer: check the network, the proxies on the way, the Region, and"
            + " AWS_ENDPOINT_URL if it is set",
        0,
        retryAfter);
  }

  /**
   * Whether AWS does not know the credentials: they are not valid, or their account has not enabled
   * the Region (docs/aws.md#region-not-enabled).
   */
  public boolean isOfUnknownCredentials() {
    return UNKNOWN_CREDENTIALS.contains(code);
  }

  /**
   * Whether AWS may have carried out the call although no answer says so (docs/aws.md#lost-answer).
   */
  public boolean mayHaveBeenApplied() {
    return (httpStatus == 0 && !code.equals(CREDENTIALS_UNAVAILABLE))
        || (httpStatus >= 500 && !lacksOperation());
  }

  /**
   * Whether AWS names a missing right, in the words of whichever service: credentials that it does
   * not accept are another failure, and say nothing about rights.
   */
  public boolean namesMissingRight() {
    return code.startsWith("AccessDenied");
  }

  /**
   * Whether the answer has no code of AWS, so that it may be of something on the way, such as a
   * proxy: its code repeats the HTTP status.
   */
  public boolean isWithoutCode() {
    return code.equals(codeOf(httpStatus));
  }

  /**
   * AWS's message, or where the answer has neither message nor code, that it may not be of AWS;
   * null where AWS gives none.
   */
  public @Nullable String reason() {
    return isWithoutCode() && (message == null || message.isBlank())
        ? "the answer (HTTP "
            + httpStatus
            + ") has no code of AWS: check the proxies and firewalls on the way, and"
            + " AWS_ENDPOINT_URL if it is set"
        : message;
  }

  /** The code of an answer that has none. */
  public static String codeOf(int httpStatus) {
    return "HTTP" + httpStatus;
  }

  /** Whether the endpoint lacks the operation, which emulators report in many ways. */
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

  /**
   * The delay until the next attempt: the caller's own, or what AWS requested if that is longer.
   *
   * @param own the delay without a request
   * @param longest what is honoured of a request: a proxy's mistake must not block for days
   */
  public Duration noSooner(Duration own, Duration longest) {
    Duration asked = retryAfter == null ? Duration.ZERO : retryAfter;
    Duration honoured = asked.compareTo(longest) < 0 ? asked : longest;
    return honoured.compareTo(own) > 0 ? honoured : own;
  }
}
