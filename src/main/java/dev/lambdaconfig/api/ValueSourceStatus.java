package dev.lambdaconfig.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A Secret or ConfigMap whose values the function has; nothing here is made from a value. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ValueSourceStatus(
    @JsonPropertyDescription("Secret or ConfigMap.") @Nullable String kind,
    @JsonPropertyDescription("Its name.") @Nullable String name,
    @JsonPropertyDescription("Its UID. Absent: it did not exist.") @Nullable String uid,
    @JsonPropertyDescription("Its resourceVersion. Absent: it did not exist.")
        @Nullable String resourceVersion,
    @JsonPropertyDescription(
            "The keys that envFrom skipped, because they cannot be environment variables; the"
                + " first few.")
        @Nullable List<String> skippedKeys) {}
