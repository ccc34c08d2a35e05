package dev.lambdaconfig.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/** Where a function on managed instances runs: what is sent as {@code CapacityProviderConfig}. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CapacityProviderConfig(
    @Required @JsonPropertyDescription("The capacity provider and how the function uses it.")
        @Nullable LambdaManagedInstancesCapacityProviderConfig
            lambdaManagedInstancesCapacityProviderConfig) {}
