package dev.lambdaconfig.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The overrides of a container image's settings, sent as {@code ImageConfig}. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ImageConfig(
    @Size(max = 1500)
        @ValidationRule(
            value = ImageConfig.TOTAL,
            message =
                "entryPoint exceeds 16384 characters: move long arguments into a file of the"
                    + " image")
        @JsonPropertyDescription(
            "The entry point, in order: at most 1500 items of 4096 characters, and 16384 characters"
                + " in total (the API names no length; these are limits of this resource). [] goes"
                + " back to the image's. Absent: not managed.")
        @Nullable List<@Size(max = 4096) String> entryPoint,
    @Size(max = 1500)
        @ValidationRule(
            value = ImageConfig.TOTAL,
            message =
                "command exceeds 16384 characters: move long arguments into a file of the image")
        @JsonPropertyDescription(
            "The command, in order: at most 1500 items of 4096 characters, and 16384 characters in"
                + " total (the API names no length; these are limits of this resource). [] goes"
                + " back to the image's. Absent: not managed.")
        @Nullable List<@Size(max = 4096) String> command,
    @Size(max = 1000)
        @JsonPropertyDescription(
            "The working directory. \"\" goes back to the image's. Absent: not managed.")
        @Nullable String workingDirectory) {

  /** Maximum number of characters of all items of one list together. */
  public static final int CHARACTERS = 16384;

  static final String TOTAL = "self.map(item, item.size()).sum() <= 16384";
}
