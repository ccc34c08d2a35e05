package dev.lambdaconfig.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The VPC attachment of a function: what is sent as {@code VpcConfig}. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value =
        "!has(self.subnetIds) || !has(self.securityGroupIds) || (size(self.subnetIds) == 0) =="
            + " (size(self.securityGroupIds) == 0)",
    message =
        "subnetIds and securityGroupIds must both be empty (to leave the VPC) or both be full")
@ValidationRule(
    value =
        "!has(self.ipv6AllowedForDualStack) || !self.ipv6AllowedForDualStack ||"
            + " !has(self.subnetIds) || size(self.subnetIds) > 0",
    message =
        "ipv6AllowedForDualStack: true needs subnetIds: a function outside a VPC has no dual-stack"
            + " subnets")
public record VpcConfig(
    @Size(max = 16)
        @JsonPropertyDescription(
            "Subnet ids, at most 16, in any order. [] leaves the VPC. Absent: not managed.")
        @Nullable List<@Size(max = 1024) @Pattern("^subnet-[0-9a-z]*$") String> subnetIds,
    @Size(max = 5)
        @JsonPropertyDescription(
            "Security group ids, at most 5, in any order. [] leaves the VPC. Absent: not managed.")
        @Nullable List<@Size(max = 1024) @Pattern("^sg-[0-9a-zA-Z]*$") String> securityGroupIds,
    @JsonPropertyDescription(
            "Whether outbound IPv6 traffic is allowed on dual-stack subnets. AWS's default is"
                + " false. Absent: not managed.")
        @Nullable Boolean ipv6AllowedForDualStack) {}
