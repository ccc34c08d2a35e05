package dev.lambdaconfig.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** One place where the function differs from the spec. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DriftedField(
    @JsonPropertyDescription(
            "The path in the spec; of environment.variables with the name of the variable.")
        @Nullable String path,
    @JsonPropertyDescription(
            "What the spec says; of an environment variable only that it is missing, extra or"
                + " differs.")
        @Nullable String desired,
    @JsonPropertyDescription("What the function has; never the value of an environment variable.")
        @Nullable String observed) {}
