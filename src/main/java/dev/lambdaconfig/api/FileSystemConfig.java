package dev.lambdaconfig.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** A file system that a function mounts, sent as an item of {@code FileSystemConfigs}. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FileSystemConfig(
    @Required
        @Size(max = 256)
        @ValidationRule(
            value =
                "self.matches('^"
                    + Patterns.ACCESS_POINT
                    + "$') || self.matches(':file-system/[^/]*$')",
            message =
                "arn must be the ARN of an access point, such as"
                    + " arn:aws:elasticfilesystem:<region>:<account>:access-point/fsap-<id>")
        @ValidationRule(
            value = "!self.matches(':file-system/[^/]*$')",
            message =
                "arn is the ARN of a file system: write that of one of its access points, such as"
                    + " arn:aws:elasticfilesystem:<region>:<account>:access-point/fsap-<id>")
        @JsonPropertyDescription("The ARN of the access point (not of the file system).")
        String arn,
    @Required
        @Size(max = 160)
        @ValidationRule(
            value = "self.matches('^/mnt/[a-zA-Z0-9_.-]+$')",
            message =
                "localMountPath must be one directory below /mnt, of letters, digits and - _ ."
                    + " only, such as /mnt/data")
        @JsonPropertyDescription(
            "Where the function mounts it: a path below /mnt, such as /mnt/data.")
        String localMountPath,
    @JsonProperty("s3FilesConfig")
        @JsonPropertyDescription(
            "Settings of an S3 Files access point. {} goes back to AWS's defaults. Absent: not"
                + " managed, and kept as it is when another part of the entry changes.")
        @Nullable S3FilesConfig s3FilesConfig) {}
