package dev.lambdaconfig.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** The dead-letter target of a function, sent as {@code DeadLetterConfig}. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DeadLetterConfig(
    @Size(max = 10000)
        @ValidationRule(
            value = "self.matches('^" + Patterns.ARN_OR_EMPTY + "$')",
            message =
                "targetArn must be the ARN of an SQS queue or SNS topic, such as"
                    + " arn:aws:sqs:eu-west-1:123456789012:dead-letters, or \"\" to remove it")
        @JsonPropertyDescription(
            "The ARN of an SQS queue or SNS topic. \"\" removes it. Absent: not managed.")
        @Nullable String targetArn) {}
