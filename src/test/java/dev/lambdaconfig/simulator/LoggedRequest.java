package dev.lambdaconfig.simulator;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request that arrived, and its outcome.
 *
 * @param functionName without ARN and qualifier
 * @param unknownMembers of the body, as {@code Member} or {@code Outer.Member}; ignored like on AWS
 * @param httpStatus 0 where no answer was sent
 * @param applied whether the operation was carried out, answered or not
 * @param requestId the ID that the answer gives it, if one is sent
 */
public record LoggedRequest(
    Instant at,
    String operation,
    @Nullable String functionName,
    String account,
    String region,
    @Nullable String accessKeyId,
    @Nullable JsonNode body,
    List<String> unknownMembers,
    int httpStatus,
    @Nullable String errorCode,
    boolean applied,
    @Nullable String userAgent,
    String requestId) {

  public boolean isUpdate() {
    return operation.equals("UpdateFunctionConfiguration");
  }

  /** Whether Lambda or its front end throttled the request (docs/aws.md#throttled). */
  public boolean isThrottled() {
    return "TooManyRequestsException".equals(errorCode) || "ThrottlingException".equals(errorCode);
  }

  /** The names of the body's members. */
  public List<String> memberNames() {
    return requireBody().properties().stream().map(Map.Entry::getKey).toList();
  }

  /** A member of the body, which must be there. */
  public JsonNode member(String name) {
    return requireNonNull(requireBody().get(name), () -> operation + " has no " + name);
  }

  private JsonNode requireBody() {
    return requireNonNull(body, () -> operation + " has no body");
  }

  public boolean isRead() {
    return operation.equals("GetFunction") || operation.equals("GetFunctionConfiguration");
  }
}
