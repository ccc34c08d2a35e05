package dev.lambdaconfig.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** The dead-letter target of a function: what is sent as {@code DeadLetterConfig}. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DeadLetterConfig(
    @Size(max = 10000)
        @Pattern("^((arn:(aws[a-zA-Z-]*)?:[a-z0-9-.]+:.*)|())$")
        @JsonPropertyDescription(
            "The ARN of an SQS queue or SNS topic. \"\" removes it. Absent: not managed.")
        @Nullable String targetArn) {}
