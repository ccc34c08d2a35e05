package dev.lambdaconfig.status;

import dev.lambdaconfig.api.ErrorDetail;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.api.LayerStatus;
import dev.lambdaconfig.model.Lifecycle;
import dev.lambdaconfig.model.ObservedFunction;
import dev.lambdaconfig.model.Value;
import dev.lambdaconfig.model.Value.Items;
import dev.lambdaconfig.model.Value.Structure;
import dev.lambdaconfig.plan.redaction.Redaction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The part of the status that repeats what AWS returned about the function. */
final class FunctionFacts {

  private FunctionFacts() {}

  /**
   * Overwrites the facts of the status with those of an answer. AWS's texts are redacted: a reason
   * can repeat environment values just as an error message can (docs/aws.md#environment-echo).
   */
  static void write(
      ObservedFunction function, Redaction redaction, LambdaFunctionConfigStatus status) {
    Structure answer = function.configuration();
    Lifecycle lifecycle = function.lifecycle();
    String arn = function.arn();
    status.functionArn = arn == null ? status.functionArn : arn;
    status.version = answer.textAt("Version");
    status.state = lifecycle.state();
    status.stateReason = cleaned(lifecycle.stateReason(), redaction);
    status.stateReasonCode = lifecycle.stateReasonCode();
    status.lastUpdateStatus = lifecycle.lastUpdateStatus();
    status.lastUpdateStatusReason = cleaned(lifecycle.lastUpdateStatusReason(), redaction);
    status.lastUpdateStatusReasonCode = lifecycle.lastUpdateStatusReasonCode();
    status.revisionId = function.revisionId();
    status.configSha256 = answer.textAt("ConfigSha256");
    status.codeSha256 = answer.textAt("CodeSha256");
    status.codeSize = answer.wholeAt("CodeSize");
    status.lastModified = answer.textAt("LastModified");
    status.packageType = answer.textAt("PackageType");
    status.architectures = texts(answer.at("Architectures"));
    status.runtimeVersionArn = answer.textAt("RuntimeVersionConfig", "RuntimeVersionArn");
    status.environmentError = error(answer.at("Environment", "Error"), redaction);
    status.imageConfigError = error(answer.at("ImageConfigResponse", "Error"), redaction);
    status.runtimeVersionError = error(answer.at("RuntimeVersionConfig", "Error"), redaction);
    status.masterArn = answer.textAt("MasterArn");
    status.signingProfileVersionArn = answer.textAt("SigningProfileVersionArn");
    status.signingJobArn = answer.textAt("SigningJobArn");
    status.vpcId = filled(answer.textAt("VpcConfig", "VpcId"));
    status.snapStartOptimizationStatus = answer.textAt("SnapStart", "OptimizationStatus");
    status.tenantIsolationMode = answer.textAt("TenancyConfig", "TenantIsolationMode");
    status.layers = layers(answer.at("Layers"));
  }

  private static @Nullable String filled(@Nullable String text) {
    return text == null || text.isEmpty() ? null : text;
  }

  private static @Nullable List<String> texts(@Nullable Value value) {
    return value instanceof Items items && !items.items().isEmpty()
        ? items.items().stream().map(Value::toString).toList()
        : null;
  }

  private static @Nullable String cleaned(@Nullable String text, Redaction redaction) {
    return text == null || text.isBlank() ? null : redaction.cleanReason(text);
  }

  private static @Nullable ErrorDetail error(@Nullable Value value, Redaction redaction) {
    return value instanceof Structure error
        ? new ErrorDetail(error.textAt("ErrorCode"), cleaned(error.textAt("Message"), redaction))
        : null;
  }

  private static @Nullable List<LayerStatus> layers(@Nullable Value value) {
    return value instanceof Items items && !items.items().isEmpty()
        ? items.items().stream()
            .filter(Structure.class::isInstance)
            .map(Structure.class::cast)
            .map(
                layer ->
                    new LayerStatus(
                        layer.textAt("Arn"),
                        layer.wholeAt("CodeSize"),
                        layer.textAt("SigningProfileVersionArn"),
                        layer.textAt("SigningJobArn")))
            .toList()
        : null;
  }
}
