package dev.lambdaconfig.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** The settings of a durable function, sent as {@code DurableConfig}. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "has(self.executionTimeout) || has(self.retentionPeriodInDays) || has(self.kmsKeyArn)",
    message =
        "a durable configuration cannot be cleared: remove durableConfig to stop managing it, or"
            + " set executionTimeout, retentionPeriodInDays or kmsKeyArn")
public record DurableConfig(
    @Min(1)
        @Max(31622400)
        @JsonPropertyDescription(
            "Seconds that a durable execution may take, 1 to 31622400 (366 days). Absent: not"
                + " managed.")
        @Nullable Integer executionTimeout,
    @Min(1)
        @Max(90)
        @JsonPropertyDescription(
            "Days for which the history of an execution is kept, 1 to 90. Absent: not managed.")
        @Nullable Integer retentionPeriodInDays,
    @Size(max = 10000)
        @ValidationRule(
            value = "self.matches('^" + Patterns.ARN_OR_EMPTY + "$')",
            message =
                "kmsKeyArn must be the ARN of a KMS key, such as"
                    + " arn:aws:kms:<region>:<account>:key/<id>, or \"\" to go back to the AWS"
                    + " managed key")
        @JsonPropertyDescription(
            "The ARN of the customer managed KMS key that encrypts durable executions. \"\" goes"
                + " back to the AWS managed key. Absent: not managed.")
        @Nullable String kmsKeyArn) {}
