package dev.lambdaconfig.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The VPC attachment of a function, sent as {@code VpcConfig}. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value =
        "!has(self.subnetIds) || !has(self.securityGroupIds) || (size(self.subnetIds) == 0) =="
            + " (size(self.securityGroupIds) == 0)",
    message =
        "subnetIds and securityGroupIds go together: name at least one of each, or write [] for"
            + " both to leave the VPC")
@ValidationRule(
    value =
        "!has(self.ipv6AllowedForDualStack) || !self.ipv6AllowedForDualStack ||"
            + " ((!has(self.subnetIds) || size(self.subnetIds) > 0) &&"
            + " (!has(self.securityGroupIds) || size(self.securityGroupIds) > 0))",
    message =
        "ipv6AllowedForDualStack: true needs a VPC, and an empty list leaves it: name the"
            + " subnetIds and securityGroupIds, or set ipv6AllowedForDualStack: false")
public record VpcConfig(
    @Size(max = 16)
        @ValidationRule(
            value = "self.all(id, id.matches('^subnet-[0-9a-z]*$'))",
            message = "subnetIds must be ids of subnets, such as subnet-0a1b2c3d")
        @JsonPropertyDescription(
            "Subnet ids, at most 16, in any order. [] leaves the VPC. Absent: not managed.")
        @Nullable List<@Size(max = 1024) String> subnetIds,
    @Size(max = 5)
        @ValidationRule(
            value = "self.all(id, id.matches('^sg-[0-9a-zA-Z]*$'))",
            message = "securityGroupIds must be ids of security groups, such as sg-0a1b2c3d")
        @JsonPropertyDescription(
            "Security group ids, at most 5, in any order. [] leaves the VPC. Absent: not managed.")
        @Nullable List<@Size(max = 1024) String> securityGroupIds,
    @JsonPropertyDescription(
            "Whether outbound IPv6 traffic is allowed on dual-stack subnets. AWS's default is"
                + " false. Absent: not managed.")
        @Nullable Boolean ipv6AllowedForDualStack) {}
