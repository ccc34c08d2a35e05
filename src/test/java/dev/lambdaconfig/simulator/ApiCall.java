package dev.lambdaconfig.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as far as it could be read before anything was decided about it.
 *
 * @param functionName without ARN and qualifier
 * @param target what stands in the path or body for the function: name, partial or full ARN
 */
public record ApiCall(
    String operation,
    @Nullable String functionName,
    @Nullable String target,
    String account,
    String region,
    @Nullable String accessKeyId,
    Map<String, List<String>> query,
    @Nullable JsonNode body,
    @Nullable String userAgent) {

  @Nullable String parameter(String name) {
    List<String> values = query.get(name);
    return values == null ? null : values.getFirst();
  }

  AccountRegion accountRegion() {
    return new AccountRegion(account, region);
  }

  /** The body of an operation that may come without one. */
  JsonNode settings() {
    JsonNode sent = body;
    return sent == null ? Json.object() : sent;
  }

  String requiredTarget() {
    String sent = target;
    if (sent == null) {
      throw ApiError.validation(
          List.of(
              "Value null at 'functionName' failed to satisfy constraint: Member must not be"
                  + " null"));
    }
    return sent;
  }
}
