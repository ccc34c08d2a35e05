package dev.lambdaconfig.api;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The function to manage, and the desired state of its configuration. Lengths, ranges and patterns
 * are those of the Lambda API model: what is valid for any function is accepted here for all.
 *
 * @param unreadable the reason for which the spec could not be read, or null
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "self.functionName == oldSelf.functionName",
    message =
        "functionName is immutable: to manage another function, create another LambdaFunctionConfig"
            + " and delete this one",
    fieldPath = ".functionName",
    reason = "FieldValueForbidden")
@ValidationRule(
    value =
        "has(self.region) == has(oldSelf.region) && (!has(self.region) || self.region =="
            + " oldSelf.region)",
    message =
        "region is immutable and can be neither added nor removed: to manage a function of another"
            + " region, create another LambdaFunctionConfig and delete this one",
    reason = "FieldValueForbidden")
@ValidationRule(
    value =
        "!has(self.imageConfig) || !(has(self.handler) || has(self.runtime) || has(self.layers))",
    message =
        "imageConfig is for container image functions, and handler, runtime and layers are for"
            + " zip functions: remove one or the other")
@ValidationRule(
    value =
        "!has(self.fileSystemConfigs) || size(self.fileSystemConfigs) == 0 || !has(self.vpcConfig)"
            + " || ((has(self.vpcConfig.subnetIds) || has(self.vpcConfig.securityGroupIds) ||"
            + " has(self.vpcConfig.ipv6AllowedForDualStack)) && (!has(self.vpcConfig.subnetIds) ||"
            + " size(self.vpcConfig.subnetIds) > 0) && (!has(self.vpcConfig.securityGroupIds) ||"
            + " size(self.vpcConfig.securityGroupIds) > 0))",
    message =
        "fileSystemConfigs needs a VPC: set vpcConfig.subnetIds and vpcConfig.securityGroupIds,"
            + " or clear the file system with fileSystemConfigs: []")
@ValidationRule(
    value =
        "!has(self.region) || !self.functionName.matches('^"
            + Patterns.FUNCTION_PREFIX
            + Patterns.REGION
            + ":[^$]') || self.functionName.startsWith(self.region + ':') ||"
            + " self.functionName.contains(':lambda:' + self.region + ':')",
    message =
        "the Region in functionName differs from region: remove region, or correct one of them")
@ValidationRule(
    value =
        "!has(self.region) || !has(self.layers) || self.layers.all(layer,"
            + " !layer.contains(':layer:') || layer.contains(':lambda:' + self.region + ':'))",
    message =
        "layers must be in the Region of the function: use layer versions of the Region in"
            + " region")
@ValidationRule(
    value = "!has(self.layersPolicy) || has(self.layers)",
    message = "layersPolicy alone manages nothing: add layers, or remove layersPolicy")
public record LambdaFunctionConfigSpec(
    @Required
        @Size(max = 140)
        @ValidationRule(
            value = "self.matches('^" + Patterns.FUNCTION + Patterns.ANY_QUALIFIER + "$')",
            message =
                "functionName must be the function's name or ARN: write my-function,"
                    + " 123456789012:function:my-function or"
                    + " arn:aws:lambda:eu-west-1:123456789012:function:my-function")
        @ValidationRule(
            value = "self.split(':')[0].size() <= 64",
            message =
                "functionName is a name of more than 64 characters, which AWS does not allow:"
                    + " correct the name, or write the function's ARN")
        @ValidationRule(
            value =
                "self.matches('^"
                    + Patterns.FUNCTION
                    + Patterns.LATEST
                    + "$') || !self.matches('^"
                    + Patterns.FUNCTION
                    + Patterns.ANY_QUALIFIER
                    + "$')",
            message =
                "functionName names a version or an alias, and only $LATEST has a configuration"
                    + " that can be changed: remove the colon and what follows the function's name")
        @JsonPropertyDescription(
            "The existing Lambda function to manage: its name, partial ARN"
                + " (123456789012:function:name) or full ARN. Only $LATEST has a configuration"
                + " that can be changed, so no other qualifier is accepted. Immutable.")
        String functionName,
    @Size(max = 32)
        @ValidationRule(
            value = "self.matches('^" + Patterns.REGION + "$')",
            message =
                "region must be the code of an AWS Region, such as eu-west-1; remove it for the"
                    + " default")
        @JsonPropertyDescription(
            "The AWS Region of the function, such as eu-west-1. Default: the Region in functionName"
                + " if that is a full ARN, else the operator's own (AWS_REGION). Immutable.")
        @Nullable String region,
    @Size(max = 253)
        @ValidationRule(
            value = "self.matches('^" + Patterns.OBJECT_NAME + "$')",
            message =
                "serviceAccountName must be the name of a ServiceAccount: lower-case letters,"
                    + " digits, - and ., such as lambda-writer; remove it to act with the"
                    + " operator's own AWS rights")
        @JsonPropertyDescription(
            "The ServiceAccount of this namespace to act as: its annotation"
                + " eks.amazonaws.com/role-arn names the IAM role by which the function is read"
                + " and updated. Default: the operator's own AWS identity.")
        @Nullable String serviceAccountName,
    @JsonPropertyDescription(
            "Enforce updates the function to match the spec. Observe reports differences in"
                + " status.drift and the condition Drifted, and never writes. Default: Enforce.")
        @Nullable String mode,
    @JsonPropertyDescription(
            "true suspends the reconciliation: the function is neither read nor written until"
                + " this is false or removed, and the condition Suspended is True. Default:"
                + " false.")
        @Nullable Boolean suspend,
    @JsonPropertyDescription(
            "What happens to the function when this resource is deleted. Retain leaves it"
                + " unchanged. Restore reverts the fields that the spec manages to the values"
                + " that they had before they were first managed under this policy"
                + " (status.baseline), with one update, before the resource is removed; with"
                + " suspend or mode: Observe nothing is written. Default: Retain.")
        @Nullable String deletionPolicy,
    @Size(max = 256)
        @JsonPropertyDescription(
            "A description, at most 256 characters. \"\" clears it. Absent: not managed.")
        @Nullable String description,
    @Size(max = 10000)
        @ValidationRule(
            value = "self.matches('^" + Patterns.ROLE + "$')",
            message =
                "role must be the ARN of an IAM role, such as"
                    + " arn:aws:iam::123456789012:role/my-role; it cannot be cleared: remove it to"
                    + " stop managing it")
        @JsonPropertyDescription(
            "The ARN of the execution role. A function always has one, so it cannot be cleared."
                + " Absent: not managed.")
        @Nullable String role,
    @Size(max = 128)
        @ValidationRule(
            value = "self.matches(r'^\\S+$')",
            message =
                "handler must be without spaces, such as app.handler; it cannot be cleared: remove"
                    + " it to stop managing it")
        @JsonPropertyDescription(
            "The method that Lambda calls, such as app.handler. Zip functions only; cannot be"
                + " cleared. Absent: not managed.")
        @Nullable String handler,
    @Size(max = 2048)
        @ValidationRule(
            value = "self.matches(r'^\\S+$')",
            message =
                "runtime must be an identifier without spaces, such as python3.13; it cannot be"
                    + " cleared: remove it to stop managing it")
        @JsonPropertyDescription(
            "The runtime's identifier, such as python3.13: any that AWS accepts, also ones newer"
                + " than this operator. Zip functions only; cannot be cleared. Absent: not"
                + " managed.")
        @Nullable String runtime,
    @Min(1)
        @Max(5400)
        @JsonPropertyDescription(
            "Seconds that an invocation may take, 1 to 900 (5400 with a capacity provider). AWS's"
                + " default is 3. Absent: not managed.")
        @Nullable Integer timeout,
    @Min(128)
        @Max(32768)
        @JsonPropertyDescription(
            "Memory in MB, 128 to 10240 (32768 with a capacity provider). AWS's default is 128."
                + " Absent: not managed.")
        @Nullable Integer memorySize,
    @Size(max = 10000)
        @ValidationRule(
            value = "self.matches('^" + Patterns.ARN_OR_EMPTY + "$')",
            message =
                "kmsKeyArn must be the ARN of a KMS key, such as"
                    + " arn:aws:kms:<region>:<account>:key/<id>, or \"\" to go back to the AWS"
                    + " managed key")
        @ValidationRule(
            value = "!self.matches('^arn:[^:]*:kms:[^:]*:[^:]*:alias/')",
            message =
                "kmsKeyArn is the ARN of an alias, which Lambda does not accept: write the ARN"
                    + " of its key, arn:aws:kms:<region>:<account>:key/<id>")
        @JsonPropertyDescription(
            "The ARN of the customer managed KMS key that encrypts environment variables and"
                + " snapshots (a key, not an alias). \"\" goes back to the AWS managed key. Absent:"
                + " not managed.")
        @Nullable String kmsKeyArn,
    @Size(max = 5)
        @ValidationRule(
            value =
                "self.all(layer, layer.matches('^"
                    + Patterns.LAYER_VERSION
                    + "$') || layer.matches('^"
                    + Patterns.LAYER
                    + "$'))",
            message =
                "layers must be ARNs of layer versions, such as"
                    + " arn:aws:lambda:eu-west-1:123456789012:layer:deps:7")
        @ValidationRule(
            value = "!self.exists(layer, layer.matches('^" + Patterns.LAYER + "$'))",
            message =
                "layers must name the version of each layer: append it to the ARN, as in"
                    + " arn:aws:lambda:eu-west-1:123456789012:layer:deps:7")
        @ValidationRule(
            value =
                "self.all(layer, layer.split(':').size() != 8 || self.exists_one(other,"
                    + " other.startsWith(layer.substring(0, layer.lastIndexOf(':') + 1))))",
            message =
                "layers contains several versions of one layer, and Lambda accepts only one"
                    + " version of a layer: remove all but one")
        @JsonPropertyDescription(
            "ARNs of layer versions, at most 5; the order is significant. [] removes all. Zip"
                + " functions only. Absent: not managed.")
        @Nullable List<@Size(max = 2048) String> layers,
    @JsonPropertyDescription(
            "Replace removes the layers of others; Merge keeps them, behind those of the spec, and"
                + " removes only what this resource has added (status.owned). Default: Replace.")
        @Nullable String layersPolicy,
    @JsonPropertyDescription(
            "The VPC attachment. {} leaves the VPC. A part that is absent is not managed. Absent:"
                + " not managed.")
        @Nullable VpcConfig vpcConfig,
    @JsonPropertyDescription("Environment variables. {} removes all. Absent: not managed.")
        @Nullable Environment environment,
    @JsonPropertyDescription(
            "The dead-letter queue or topic for asynchronous invocations. {} removes it. Absent:"
                + " not managed.")
        @Nullable DeadLetterConfig deadLetterConfig,
    @JsonPropertyDescription(
            "AWS X-Ray tracing. {} goes back to AWS's default, PassThrough. Absent: not managed.")
        @Nullable TracingConfig tracingConfig,
    @Size(max = 1)
        @JsonPropertyDescription(
            "The file system to mount, at most one. [] removes it. Needs a VPC. Absent: not"
                + " managed.")
        @Nullable List<FileSystemConfig> fileSystemConfigs,
    @JsonPropertyDescription(
            "Overrides of a container image's Dockerfile. {} removes all of them. A part that is"
                + " absent is not managed. Image functions only. Absent: not managed.")
        @Nullable ImageConfig imageConfig,
    @JsonPropertyDescription("The size of /tmp. Absent: not managed.")
        @Nullable EphemeralStorage ephemeralStorage,
    @JsonPropertyDescription("SnapStart. {} goes back to AWS's default, None. Absent: not managed.")
        @Nullable SnapStart snapStart,
    @JsonPropertyDescription(
            "Log format, levels and group. {} goes back to AWS's defaults: Text, and the group"
                + " /aws/lambda/<name>. A part that is absent is not managed. Absent: not managed.")
        @Nullable LoggingConfig loggingConfig,
    @JsonPropertyDescription(
            "Settings of a durable function. Only for functions that were created durable; cannot"
                + " be cleared. A part that is absent is not managed. Absent: not managed.")
        @Nullable DurableConfig durableConfig,
    @JsonPropertyDescription(
            "Settings of a function on Lambda Managed Instances. Only for functions that were"
                + " created with a capacity provider; cannot be cleared. Absent: not managed.")
        @Nullable CapacityProviderConfig capacityProviderConfig,
    @JsonIgnore @Nullable String unreadable) {

  /** Whether the function is only observed. */
  public boolean observes() {
    return "Observe".equals(mode);
  }

  /** Whether the function is neither read nor written for now. */
  public boolean suspends() {
    return Boolean.TRUE.equals(suspend);
  }

  /** Whether the managed fields are restored when the resource is deleted. */
  public boolean restores() {
    return "Restore".equals(deletionPolicy) && !observes();
  }

  /** Creates a placeholder for a spec that cannot be read, with what to write instead. */
  static LambdaFunctionConfigSpec unreadable(String why, @Nullable Boolean suspend) {
    return new LambdaFunctionConfigSpec(
        "", null, null, null, suspend, null, null, null, null, null, null, null, null, null, null,
        null, null, null, null, null, null, null, null, null, null, null, why);
  }
}
