package dev.lambdaconfig.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/**
 * A managed field whose drift is ignored, and what of the spec was last applied to it. Without
 * value and generation, nothing was.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record IgnoredField(
    @Required
        @JsonPropertyDescription(
            "The path in the spec; for an environment variable, with its name.")
        String path,
    @JsonPropertyDescription(
            "The spec's value that the function last had, in the form of the Lambda API; \"\" for"
                + " an explicit empty. Never that of an environment variable.")
        @Nullable Object applied,
    @JsonPropertyDescription(
            "Of environment variables, in place of the value: the generation of the spec whose"
                + " value the function last had.")
        @Nullable Long generation) {

  public IgnoredField {
    // Small numbers come from JSON as Integer; two fields are equal whatever they came from.
    applied = applied instanceof Integer number ? (Object) number.longValue() : applied;
  }
}
