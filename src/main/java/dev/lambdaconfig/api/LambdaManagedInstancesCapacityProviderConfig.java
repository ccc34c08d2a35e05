package dev.lambdaconfig.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** The capacity provider of a function on Lambda Managed Instances. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value =
        "has(self.capacityProviderArn) || has(self.perExecutionEnvironmentMaxConcurrency) ||"
            + " has(self.executionEnvironmentMemoryGiBPerVCpu)",
    message =
        "a capacity provider cannot be cleared: remove capacityProviderConfig to stop managing it,"
            + " or set capacityProviderArn")
public record LambdaManagedInstancesCapacityProviderConfig(
    @Size(max = 140)
        @ValidationRule(
            value = "self.matches('^" + Patterns.CAPACITY_PROVIDER + "$')",
            message =
                "capacityProviderArn must be the ARN of a capacity provider, such as"
                    + " arn:aws:lambda:eu-west-1:123456789012:capacity-provider:my-provider; it"
                    + " cannot be cleared: remove it to stop managing it")
        @JsonPropertyDescription("The ARN of the capacity provider. Absent: not managed.")
        @Nullable String capacityProviderArn,
    @Min(1)
        @Max(1600)
        @JsonPropertyDescription(
            "Concurrent invocations of one execution environment, 1 to 1600. Absent: not managed.")
        @Nullable Integer perExecutionEnvironmentMaxConcurrency,
    @JsonProperty("executionEnvironmentMemoryGiBPerVCpu")
        @Min(2)
        @Max(8)
        @JsonPropertyDescription(
            "Memory in GiB for each vCPU of an execution environment, 2 to 8. Absent: not managed.")
        @Nullable Double executionEnvironmentMemoryGiBPerVCpu) {}
