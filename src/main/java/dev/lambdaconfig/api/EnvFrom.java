package dev.lambdaconfig.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Environment variables for all keys of a Secret or ConfigMap. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "has(self.secretRef) != has(self.configMapRef)",
    message =
        "each item of envFrom takes its variables from one object: write either secretRef or"
            + " configMapRef, with name")
public record EnvFrom(
    @Size(max = 128)
        @ValidationRule(
            value = "self.matches('^" + EnvironmentNames.VARIABLE_PREFIX + "$')",
            message =
                "prefix must be a letter, then letters, digits and underscores only, such as DB_;"
                    + " remove it for none")
        @JsonPropertyDescription(
            "The text before each key that makes the name of its variable. Default: none.")
        @Nullable String prefix,
    @JsonPropertyDescription("The Secret.") @Nullable ValuesRef secretRef,
    @JsonPropertyDescription("The ConfigMap.") @Nullable ValuesRef configMapRef) {}
