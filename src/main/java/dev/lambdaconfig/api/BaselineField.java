package dev.lambdaconfig.api;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/**
 * The value of a field before this operator's first update of it under {@code deletionPolicy:
 * Restore}. Without value and Secret, the function had no such value.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BaselineField(
    @Required @JsonPropertyDescription("The path in the spec.") String path,
    @JsonPropertyDescription(
            "The function's previous value, in the form of the Lambda API. If secretName is"
                + " absent too, the function had none.")
        @Nullable Object value,
    @JsonPropertyDescription(
            "The Secret in the operator's own namespace that holds the values, one key for each"
                + " variable: a status never contains a value of an environment variable.")
        @Nullable String secretName,
    @JsonPropertyDescription(
            "True until AWS accepts the update before which the values were stored. If AWS"
                + " refuses it, they are discarded.")
        @Nullable Boolean provisional) {

  public BaselineField {
    provisional = Boolean.TRUE.equals(provisional) ? provisional : null;
    // Small numbers come from JSON as Integer; two baselines are equal whatever they came from.
    value = value instanceof Integer number ? (Object) number.longValue() : value;
  }

  /** Creates a field that is kept permanently. */
  public BaselineField(String path, @Nullable Object value, @Nullable String secretName) {
    this(path, value, secretName, null);
  }

  /** Whether the field is kept for an update that AWS has not accepted yet. */
  @JsonIgnore
  public boolean isProvisional() {
    return Boolean.TRUE.equals(provisional);
  }
}
