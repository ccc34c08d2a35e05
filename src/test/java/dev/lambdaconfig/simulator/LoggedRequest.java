package dev.lambdaconfig.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request that arrived, and what became of it.
 *
 * @param functionName without ARN and qualifier
 * @param unknownMembers of the body, as {@code Member} or {@code Outer.Member}; ignored like on AWS
 * @param httpStatus 0 where no answer was sent
 * @param applied whether the operation was carried out, answered or not
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
    @Nullable String userAgent) {

  public boolean isUpdate() {
    return operation.equals("UpdateFunctionConfiguration");
  }

  /** Refused because there were too many, by Lambda or by its front end. */
  public boolean isThrottled() {
    return "TooManyRequestsException".equals(errorCode) || "ThrottlingException".equals(errorCode);
  }

  public boolean isRead() {
    return operation.equals("GetFunction") || operation.equals("GetFunctionConfiguration");
  }
}
