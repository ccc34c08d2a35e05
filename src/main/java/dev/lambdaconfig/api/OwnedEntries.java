package dev.lambdaconfig.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The entries of a merged field that this resource has set. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OwnedEntries(
    @Required @JsonPropertyDescription("The path in the spec.") String path,
    @JsonPropertyDescription(
            "ARNs of layer versions, or names of environment variables, that this resource has set."
                + " One that the spec no longer names is removed from the function.")
        @Nullable List<String> entries,
    @JsonPropertyDescription(
            "Those that the announced update sets. They count once AWS has accepted it.")
        @Nullable List<String> provisional) {

  public OwnedEntries {
    provisional = provisional == null || provisional.isEmpty() ? null : provisional;
  }
}
