package dev.lambdaconfig.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** A condition in the shape of Kubernetes's {@code metav1.Condition}. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StatusCondition(
    @Required
        @Size(max = 316)
        @JsonPropertyDescription("Ready, Reconciling, Stalled, Drifted or Suspended.")
        String type,
    @Required @JsonPropertyDescription("True, False or Unknown.") String status,
    @JsonPropertyDescription("The generation of the spec that this condition was set for.")
        @Nullable Long observedGeneration,
    @Required
        @JsonPropertyDescription(
            "When the status last changed from one value to another, RFC 3339.")
        String lastTransitionTime,
    @Required
        @Size(max = 1024)
        @JsonPropertyDescription(
            "A machine-readable reason: one of this operator's, or AWS's own error or reason"
                + " code.")
        String reason,
    @Required
        @Size(max = 32768)
        @JsonPropertyDescription(
            "A human-readable message: what happened, why, and what to do about it.")
        String message) {}
