package dev.lambdaconfig.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** The settings for reading an S3 Files file system, sent as {@code S3FilesConfig}. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record S3FilesConfig(
    @JsonProperty("directS3Read")
        @JsonPropertyDescription(
            "ENABLED, DISABLED or AUTO: the API's DirectS3Read. AWS's default is AUTO. Absent: not"
                + " managed.")
        @Nullable String directS3Read) {}
