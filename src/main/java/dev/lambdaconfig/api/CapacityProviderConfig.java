package dev.lambdaconfig.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/**
 * The capacity provider of a function on managed instances, sent as {@code CapacityProviderConfig}.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "has(self.lambdaManagedInstancesCapacityProviderConfig)",
    message =
        "a capacity provider cannot be cleared: remove capacityProviderConfig to stop managing it,"
            + " or set lambdaManagedInstancesCapacityProviderConfig.capacityProviderArn")
public record CapacityProviderConfig(
    @JsonPropertyDescription("The capacity provider and how the function uses it.")
        @Nullable LambdaManagedInstancesCapacityProviderConfig
            lambdaManagedInstancesCapacityProviderConfig) {}
