package dev.lambdaconfig.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** A layer in use, as AWS reports it. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LayerStatus(
    @JsonPropertyDescription("The ARN of the layer version.") @Nullable String arn,
    @JsonPropertyDescription("Its size in bytes.") @Nullable Long codeSize,
    @JsonPropertyDescription("Its signing profile version.")
        @Nullable String signingProfileVersionArn,
    @JsonPropertyDescription("Its signing job.") @Nullable String signingJobArn) {}
