package dev.lambdaconfig.api;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/**
 * What a field was before this operator's first update under {@code deletionPolicy: Restore}. One
 * that has neither value nor Secret was not there.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BaselineField(
    @Required @JsonPropertyDescription("The path in the spec.") String path,
    @JsonPropertyDescription(
            "What the function had, in the shape of the Lambda API. Absent, as secretName: the"
                + " function had nothing there.")
        @Nullable Object value,
    @JsonPropertyDescription(
            "The Secret in the operator's own namespace that keeps the values, one key a variable:"
                + " environment values stand in no status.")
        @Nullable String secretName,
    @JsonPropertyDescription(
            "True until AWS has accepted the update that the values are kept for. If it is refused"
                + " they are dropped.")
        @Nullable Boolean provisional) {

  public BaselineField {
    provisional = Boolean.TRUE.equals(provisional) ? provisional : null;
    // Small numbers come from JSON as Integer; two baselines are equal whatever they came from.
    value = value instanceof Integer number ? (Object) number.longValue() : value;
  }

  /** A field that is kept for good. */
  public BaselineField(String path, @Nullable Object value, @Nullable String secretName) {
    this(path, value, secretName, null);
  }

  /** Whether it is kept for an update that AWS has not accepted yet. */
  @JsonIgnore
  public boolean isProvisional() {
    return Boolean.TRUE.equals(provisional);
  }
}
