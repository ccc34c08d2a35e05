package dev.lambdaconfig.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** An environment variable whose value is that of a key of a Secret or ConfigMap. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "has(self.secretKeyRef) != has(self.configMapKeyRef)",
    message =
        "each item of valuesFrom takes its value from one object: write either secretKeyRef or"
            + " configMapKeyRef, with name and key")
public record ValueFrom(
    @Required
        @Size(max = EnvironmentNames.LONGEST)
        @ValidationRule(
            value = "self.matches('^" + EnvironmentNames.PATTERN + "$')",
            message = EnvironmentNames.FORM)
        @ValidationRule(
            value = "!(self in " + EnvironmentNames.RESERVED + ")",
            message = EnvironmentNames.IS_RESERVED)
        @JsonPropertyDescription("The name of the variable.")
        String name,
    @JsonPropertyDescription("The Secret and its key that have the value.")
        @Nullable ValueKeyRef secretKeyRef,
    @JsonPropertyDescription("The ConfigMap and its key that have the value.")
        @Nullable ValueKeyRef configMapKeyRef) {}
