package dev.lambdaconfig.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as it was read, before it is answered.
 *
 * @param functionName without ARN and qualifier
 * @param target the function as the path or body names it: a name, a partial or a full ARN
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
    @Nullable String userAgent,
    @Nullable String sessionToken) {

  @Nullable String parameter(String name) {
    List<String> values = query.get(name);
    return values == null ? null : values.getFirst();
  }

  AccountRegion accountRegion() {
    return new AccountRegion(account, region);
  }

  /** The body of an operation that may have none. */
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
