package dev.lambdaconfig.api;

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
            "The Secret that keeps the values, one key a variable: environment values stand in no"
                + " status.")
        @Nullable String secretName) {

  public BaselineField {
    // Small numbers come from JSON as Integer; two baselines are equal whatever they came from.
    value = value instanceof Integer number ? (Object) number.longValue() : value;
  }
}
