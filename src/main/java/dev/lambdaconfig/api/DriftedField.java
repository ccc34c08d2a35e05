package dev.lambdaconfig.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** A field in which the function differs from the spec. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DriftedField(
    @JsonPropertyDescription("The path in the spec; for an environment variable, with its name.")
        @Nullable String path,
    @JsonPropertyDescription(
            "The spec's value; for an environment variable only whether it is missing, extra or"
                + " different.")
        @Nullable String desired,
    @JsonPropertyDescription("The function's value; never that of an environment variable.")
        @Nullable String observed) {}
