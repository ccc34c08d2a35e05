package dev.lambdaconfig.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An error answer, in the body shape that AWS uses for its code. */
final class ApiError extends RuntimeException {

  /**
   * The codes that are not in Lambda's service model; their answers have a message and no Type
   * (docs/aws.md#unmodelled-errors).
   */
  private static final Set<String> FROM_THE_FRONT_END =
      Set.of(
          "ValidationException",
          "AccessDeniedException",
          "ThrottlingException",
          "SerializationException",
          "ExpiredTokenException",
          "UnrecognizedClientException");

  /**
   * The codes whose answers spell {@code Message} with a capital; all others of 400, 403, 409, 412
   * and 429 do not.
   */
  private static final Set<String> SPELT_WITH_A_CAPITAL =
      Set.of("AccessDeniedException", "SerializationException");

  final int status;
  final String code;
  final transient Map<String, String> headers;
  private final @Nullable String text;

  ApiError(int status, String code, @Nullable String message, Map<String, String> headers) {
    super(code + ": " + message, null, false, false);
    this.status = status;
    this.code = code;
    this.text = message;
    this.headers = headers;
  }

  ApiError(int status, String code, @Nullable String message) {
    this(status, code, message, Map.of());
  }

  static ApiError validation(List<String> violations) {
    String count = violations.size() + " validation error" + (violations.size() == 1 ? "" : "s");
    return new ApiError(
        400, "ValidationException", count + " detected: " + String.join("; ", violations));
  }

  static ApiError invalidParameter(String message) {
    return new ApiError(400, "InvalidParameterValueException", message);
  }

  static ApiError functionNotFound(String arn) {
    return notFound("Function not found: " + arn);
  }

  static ApiError notFound(String message) {
    return new ApiError(404, "ResourceNotFoundException", message);
  }

  static ApiError conflict(String message) {
    return new ApiError(409, "ResourceConflictException", message);
  }

  static ApiError staleRevision(String readCall) {
    return new ApiError(
        412,
        "PreconditionFailedException",
        "The Revision Id provided does not match the latest Revision Id. Call the "
            + readCall
            + " API to retrieve the latest Revision Id");
  }

  static ApiError unreadable(String message) {
    return new ApiError(400, "SerializationException", message);
  }

  static ApiError tooManyRequests(@Nullable Duration retryAfter) {
    return new ApiError(
        429,
        "TooManyRequestsException",
        "Rate exceeded",
        retryAfter == null
            ? Map.of()
            : Map.of("Retry-After", Long.toString(retryAfter.toSeconds())));
  }

  ObjectNode body() {
    ObjectNode body = Json.object();
    if (status == 429) {
      body.put("Reason", "CallerRateLimitExceeded");
    }
    if (!FROM_THE_FRONT_END.contains(code)) {
      body.put("Type", status >= 500 ? "Service" : "User");
    }
    boolean capital = status == 404 || status >= 500 || SPELT_WITH_A_CAPITAL.contains(code);
    return body.put(capital ? "Message" : "message", text);
  }
}
