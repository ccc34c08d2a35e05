package dev.lambdaconfig.aws.sdk;

import dev.lambdaconfig.aws.sdk.answer.LostAnswer;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.identity.Identity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertPathBuilderException;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;

/** The translation of the SDK's exceptions into {@link Failure}s. */
final class SdkFailures {

  /** The longest plain text that is taken for a message; longer ones are pages of a proxy. */
  private static final int LONGEST_PLAIN = 500;

  private static final int PROXY_AUTHENTICATION = 407;

  private static final String NETWORK =
      "check the network, the proxies on the way, the Region, and AWS_ENDPOINT_URL if it is set";

  private static final String TRUST =
      "its certificate is not trusted; if the endpoint, or a proxy that opens the connection, has"
          + " one of a private authority, name that authority's PEM file in AWS_CA_BUNDLE";

  /** Parts of the names of exceptions whose texts repeat what was read. */
  private static final List<String> PARSERS = List.of(".jackson.", ".xml.stream.", ".xml.sax.");

  private SdkFailures() {}

  /**
   * The failure that an exception stands for. Codes without a class in the SDK, such as {@code
   * ValidationException}, arrive like all others: by the code that AWS sent
   * (docs/aws.md#unmodelled-errors).
   */
  static Failure of(SdkException exception) {
    if (exception instanceof AwsServiceException refused) {
      if (refused.statusCode() == PROXY_AUTHENTICATION) {
        return ofProxy();
      }
      AwsErrorDetails details = refused.awsErrorDetails();
      String code = details == null ? null : details.errorCode();
      return new Failure(
          code == null || code.isBlank() ? Failure.codeOf(refused.statusCode()) : code,
          details == null ? refused.getMessage() : words(details),
          refused.statusCode(),
          retryAfter(details));
    }
    if (LostAnswer.isIn(exception)) {
      IOException cause = LostAnswer.cause(exception);
      return new Failure(
          Failure.ENDPOINT_UNREACHABLE,
          "the Lambda endpoint did not answer ("
              + (cause == null ? exception.getMessage() : LostAnswer.describe(cause))
              + "): "
              + (isUntrusted(exception) ? TRUST : NETWORK),
          0,
          null);
    }
    return new Failure(Failure.CLIENT_ERROR, text(exception), 0, null);
  }

  /** Only proxies answer so, whatever the request: the next one passes when they are put right. */
  private static Failure ofProxy() {
    return new Failure(
        Failure.ENDPOINT_UNREACHABLE,
        "a proxy on the way to AWS demands a user and a password, or refuses those that it is given"
            + " (HTTP 407): correct HTTPS_PROXY, or HTTP_PROXY for an endpoint by http",
        PROXY_AUTHENTICATION,
        null);
  }

  private static boolean isUntrusted(SdkException exception) {
    return Stream.<Throwable>iterate(exception, Objects::nonNull, Throwable::getCause)
        .anyMatch(CertPathBuilderException.class::isInstance);
  }

  /** The text of an exception, unless it repeats what a parser could not read. */
  private static @Nullable String text(SdkException exception) {
    for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
      String name = cause.getClass().getName();
      if (PARSERS.stream().anyMatch(name::contains)
          || String.valueOf(cause.getMessage()).startsWith("Unable to unmarshall")) {
        return "an answer cannot be read (" + cause.getClass().getSimpleName() + ")";
      }
    }
    return exception.getMessage();
  }

  /**
   * The message of AWS, or the text of an endpoint that says that it answers with plain text. What
   * was meant to be JSON and is none is no message.
   */
  private static @Nullable String words(AwsErrorDetails details) {
    SdkBytes body = details.rawResponse();
    if (details.errorMessage() != null || body == null) {
      return details.errorMessage();
    }
    String text = new String(body.asByteArray(), StandardCharsets.UTF_8).strip();
    boolean isPlain =
        details.sdkHttpResponse() != null
            && details
                .sdkHttpResponse()
                .firstMatchingHeader("Content-Type")
                .filter(type -> type.startsWith("text/plain"))
                .isPresent()
            && !text.startsWith("<")
            && !text.startsWith("{");
    return isPlain && !text.isEmpty() && text.length() <= LONGEST_PLAIN ? text : null;
  }

  /** The failure to find or fetch credentials. */
  static Failure ofCredentials(SdkException exception) {
    return new Failure(
        Failure.CREDENTIALS_UNAVAILABLE,
        "no AWS credentials: give the operator's Pod an IAM role (IRSA or EKS Pod Identity), or set"
            + " AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
            + detail(Objects.requireNonNullElse(text(exception), "")),
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

  /** The cause in brackets, but for the one that the message already gives: no provider has any. */
  private static String detail(String message) {
    return message.isEmpty() || message.startsWith("Unable to load credentials from any")
        ? ""
        : " (" + message + ")";
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
