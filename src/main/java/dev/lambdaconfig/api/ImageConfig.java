package dev.lambdaconfig.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Overrides of a container image: what is sent as {@code ImageConfig}. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ImageConfig(
    @Size(max = 1500)
        @JsonPropertyDescription(
            "The entry point, in order. [] goes back to the image's. Absent: not managed.")
        @Nullable List<String> entryPoint,
    @Size(max = 1500)
        @JsonPropertyDescription(
            "The command, in order. [] goes back to the image's. Absent: not managed.")
        @Nullable List<String> command,
    @Size(max = 1000)
        @JsonPropertyDescription(
            "The working directory. \"\" goes back to the image's. Absent: not managed.")
        @Nullable String workingDirectory) {}
