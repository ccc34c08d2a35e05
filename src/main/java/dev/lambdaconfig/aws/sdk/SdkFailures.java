package dev.lambdaconfig.aws.sdk;

import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.identity.Identity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/** The translation of the SDK's exceptions into {@link Failure}s. */
final class SdkFailures {

  /** The longest plain text that is taken for a message; longer ones are pages of a proxy. */
  private static final int LONGEST_PLAIN = 500;

  private SdkFailures() {}

  /**
   * The failure that an exception stands for. Codes without a class in the SDK, such as {@code
   * ValidationException}, arrive like all others: by the code that AWS sent
   * (docs/aws.md#unmodelled-errors).
   */
  static Failure of(SdkException exception) {
    if (exception instanceof AwsServiceException refused) {
      AwsErrorDetails details = refused.awsErrorDetails();
      String code = details == null ? null : details.errorCode();
      return new Failure(
          code == null || code.isBlank() ? Failure.codeOf(refused.statusCode()) : code,
          details == null ? refused.getMessage() : words(details),
          refused.statusCode(),
          retryAfter(details));
    }
    if (exception instanceof ApiCallTimeoutException
        || exception instanceof ApiCallAttemptTimeoutException
        || exception instanceof AbortedException
        || ioCause(exception) != null) {
      IOException cause = ioCause(exception);
      return new Failure(
          Failure.ENDPOINT_UNREACHABLE,
          "the Lambda endpoint did not answer ("
              + (cause == null ? exception.getMessage() : describe(cause))
              + "): check the network, the Region, and AWS_ENDPOINT_URL if it is set",
          0,
          null);
    }
    return new Failure(Failure.CLIENT_ERROR, exception.getMessage(), 0, null);
  }

  /** The message of AWS, or the text of an endpoint that answers with plain text, not JSON. */
  private static @Nullable String words(AwsErrorDetails details) {
    SdkBytes body = details.rawResponse();
    if (details.errorMessage() != null || body == null) {
      return details.errorMessage();
    }
    String text = new String(body.asByteArray(), StandardCharsets.UTF_8).strip();
    boolean isPlain = !text.startsWith("<") && !text.startsWith("{");
    return isPlain && !text.isEmpty() && text.length() <= LONGEST_PLAIN ? text : null;
  }

  /** The failure to find or fetch credentials. */
  static Failure ofCredentials(SdkException exception) {
    return new Failure(
        Failure.CREDENTIALS_UNAVAILABLE,
        "no AWS credentials: give the operator's Pod an IAM role (IRSA or EKS Pod Identity), or set"
            + " AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
            + detail(Objects.requireNonNullElse(exception.getMessage(), "")),
        0,
        null);
  }

  /** The failure of a call by an identity whose session has ended. */
  static Failure ofSession(Identity identity) {
    return new Failure(
        Failure.CREDENTIALS_UNAVAILABLE,
        "the role session of " + identity.text() + " has ended; another one is requested",
        0,
        null);
  }

  /** Whether AWS refuses the credentials themselves, so that others are needed. */
  static boolean isOfSession(Failure failure) {
    return failure.code().startsWith("ExpiredToken")
        || failure.code().equals("UnrecognizedClientException")
        || failure.code().equals("InvalidClientTokenId");
  }

  private static String describe(IOException cause) {
    return cause.getClass().getSimpleName() + ": " + cause.getMessage();
  }

  /** The cause in brackets, but for the one that the message already gives: no provider has any. */
  private static String detail(String message) {
    return message.isEmpty() || message.startsWith("Unable to load credentials from any")
        ? ""
        : " (" + message + ")";
  }

  private static @Nullable IOException ioCause(Throwable exception) {
    for (Throwable cause = exception.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException io) {
        return io;
      }
    }
    return null;
  }

  private static @Nullable Duration retryAfter(@Nullable AwsErrorDetails details) {
    if (details == null || details.sdkHttpResponse() == null) {
      return null;
    }
    return details
        .sdkHttpResponse()
        .firstMatchingHeader("Retry-After")
        .map(SdkFailures::seconds)
        .orElse(null);
  }

  private static @Nullable Duration seconds(String text) {
    try {
      Duration asked = Duration.ofSeconds(Long.parseLong(text.trim()));
      return asked.isNegative() ? null : asked;
    } catch (NumberFormatException | DateTimeException | ArithmeticException e) {
      // AWS sends seconds. With any other content the delay of the operator applies.
      return null;
    }
  }
}
