package dev.lambdaconfig.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** The size of a function's {@code /tmp}, sent as {@code EphemeralStorage}. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "has(self.size)",
    message =
        "ephemeral storage cannot be cleared: remove ephemeralStorage to stop managing it, or set"
            + " size (512 is AWS's default)")
public record EphemeralStorage(
    @Min(512)
        @Max(32768)
        @JsonPropertyDescription(
            "Megabytes, 512 to 10240 (32768 for some functions). AWS's default is 512.")
        @Nullable Integer size) {}
