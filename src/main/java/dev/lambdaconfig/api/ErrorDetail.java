package dev.lambdaconfig.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** An error that AWS reports in place of a value. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ErrorDetail(
    @JsonPropertyDescription("AWS's code.") @Nullable String errorCode,
    @JsonPropertyDescription("AWS's message.") @Nullable String message) {}
