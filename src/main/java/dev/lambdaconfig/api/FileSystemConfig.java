package dev.lambdaconfig.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A file system that a function mounts: an item of {@code FileSystemConfigs}. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FileSystemConfig(
    @Required
        @Size(min = 1, max = 256)
        @Pattern(
            "^(arn:aws[a-zA-Z-]*:elasticfilesystem:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:access-point/fsap-[a-f0-9]{17}|arn:aws[-a-z]*:s3files:[0-9a-z-:]+:file-system/fs-[0-9a-f]{17,40}/access-point/fsap-[0-9a-f]{17,40})$")
        @JsonPropertyDescription("The ARN of the access point (not of the file system).")
        String arn,
    @Required
        @Size(min = 1, max = 160)
        @Pattern("^/mnt/[a-zA-Z0-9-_.]+$")
        @JsonPropertyDescription(
            "Where the function sees it: a path below /mnt, such as /mnt/data.")
        String localMountPath) {}
