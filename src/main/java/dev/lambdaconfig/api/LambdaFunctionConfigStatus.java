package dev.lambdaconfig.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The function as the operator last observed it, and the operator's last actions.
 *
 * <p>The fields are public because each status is a copy of the previous one with a few changes. A
 * status is never shared between threads. Two statuses are equal if all fields are.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public final class LambdaFunctionConfigStatus {

  @JsonPropertyDescription("The generation of the spec that this status describes.")
  public @Nullable Long observedGeneration;

  @JsonPropertyDescription(
      "Ready, Reconciling, Stalled (by the kstatus conventions), Drifted and Suspended.")
  public @Nullable List<StatusCondition> conditions;

  @JsonPropertyDescription("The AWS Region of the function.")
  public @Nullable String region;

  @JsonPropertyDescription("The ARN of the function, without qualifier.")
  public @Nullable String functionArn;

  @JsonPropertyDescription("The version that was read: $LATEST.")
  public @Nullable String version;

  @JsonPropertyDescription(
      "The function's State: Pending, Active, Inactive, Failed or another of AWS's states.")
  public @Nullable String state;

  @JsonPropertyDescription("AWS's message about the State.")
  public @Nullable String stateReason;

  @JsonPropertyDescription("AWS's code for the State.")
  public @Nullable String stateReasonCode;

  @JsonPropertyDescription("LastUpdateStatus: Successful, InProgress or Failed.")
  public @Nullable String lastUpdateStatus;

  @JsonPropertyDescription("AWS's message about LastUpdateStatus.")
  public @Nullable String lastUpdateStatusReason;

  @JsonPropertyDescription("AWS's code for LastUpdateStatus.")
  public @Nullable String lastUpdateStatusReasonCode;

  @JsonPropertyDescription("The RevisionId that was last read.")
  public @Nullable String revisionId;

  @JsonPropertyDescription("ConfigSha256, where AWS gives it.")
  public @Nullable String configSha256;

  @JsonPropertyDescription("The SHA-256 of the deployed package.")
  public @Nullable String codeSha256;

  @JsonPropertyDescription("The size of the deployed package in bytes.")
  public @Nullable Long codeSize;

  @JsonPropertyDescription("When code or configuration was last changed, as AWS writes it.")
  public @Nullable String lastModified;

  @JsonPropertyDescription("Zip or Image.")
  public @Nullable String packageType;

  @JsonPropertyDescription("x86_64 or arm64.")
  public @Nullable List<String> architectures;

  @JsonPropertyDescription(
      "Why AWS could not read the environment, whether the spec manages it or not: most often a"
          + " missing permission for the KMS key.")
  public @Nullable ErrorDetail environmentError;

  @JsonPropertyDescription(
      "Why AWS could not read the overrides of the image, whether the spec manages them or not.")
  public @Nullable ErrorDetail imageConfigError;

  @JsonPropertyDescription("The version of the runtime.")
  public @Nullable String runtimeVersionArn;

  @JsonPropertyDescription("Why AWS could not determine the version of the runtime.")
  public @Nullable ErrorDetail runtimeVersionError;

  @JsonPropertyDescription("The ARN of the main function, for Lambda@Edge.")
  public @Nullable String masterArn;

  @JsonPropertyDescription("The signing profile version of the code.")
  public @Nullable String signingProfileVersionArn;

  @JsonPropertyDescription("The signing job of the code.")
  public @Nullable String signingJobArn;

  @JsonPropertyDescription("The VPC that the function is attached to.")
  public @Nullable String vpcId;

  @JsonPropertyDescription("On or Off: whether snapshots are in use for $LATEST.")
  public @Nullable String snapStartOptimizationStatus;

  @JsonPropertyDescription("How a multi-tenant function isolates its tenants.")
  public @Nullable String tenantIsolationMode;

  @JsonPropertyDescription("The layers in use, with AWS's details of each.")
  public @Nullable List<LayerStatus> layers;

  @JsonPropertyDescription("The fields that the spec manages, by path.")
  public @Nullable List<String> managedFields;

  @JsonPropertyDescription("Where the function differs from the spec.")
  public @Nullable List<DriftedField> drift;

  @JsonPropertyDescription("When the last update that AWS accepted was sent, RFC 3339.")
  public @Nullable String lastAppliedTime;

  @JsonPropertyDescription(
      "The value of the annotation lambdaconfig.dev/reconcile-requested-at (or Flux's"
          + " reconcile.fluxcd.io/requestedAt) that was last acted on.")
  public @Nullable String lastHandledReconcileAt;

  @JsonPropertyDescription("The last 10 updates, newest first.")
  public @Nullable List<UpdateRecord> history;

  @JsonPropertyDescription(
      "With deletionPolicy: Restore, the value of each managed field before this operator's"
          + " first update of it. Never overwritten once AWS has accepted that update.")
  public @Nullable List<BaselineField> baseline;

  @JsonPropertyDescription(
      "The managed fields that the annotation lambdaconfig.dev/ignore-drift names: each is sent"
          + " when the spec's value is another than the one that was last applied.")
  public @Nullable List<IgnoredField> ignoredDrift;

  @JsonPropertyDescription(
      "Of fields that the spec merges (layersPolicy, environment.policy), the entries that this"
          + " resource has set: ARNs of layers, and names of variables.")
  public @Nullable List<OwnedEntries> owned;

  @JsonPropertyDescription(
      "The Secrets and ConfigMaps whose values the function had when it was last in sync.")
  public @Nullable List<ValueSourceStatus> valueSources;

  /** Returns a copy. It shares the lists, which are never changed. */
  public LambdaFunctionConfigStatus copy() {
    LambdaFunctionConfigStatus copy = new LambdaFunctionConfigStatus();
    copy.observedGeneration = observedGeneration;
    copy.conditions = conditions;
    copy.region = region;
    copy.functionArn = functionArn;
    copy.version = version;
    copy.state = state;
    copy.stateReason = stateReason;
    copy.stateReasonCode = stateReasonCode;
    copy.lastUpdateStatus = lastUpdateStatus;
    copy.lastUpdateStatusReason = lastUpdateStatusReason;
    copy.lastUpdateStatusReasonCode = lastUpdateStatusReasonCode;
    copy.revisionId = revisionId;
    copy.configSha256 = configSha256;
    copy.codeSha256 = codeSha256;
    copy.codeSize = codeSize;
    copy.lastModified = lastModified;
    copy.packageType = packageType;
    copy.architectures = architectures;
    copy.environmentError = environmentError;
    copy.imageConfigError = imageConfigError;
    copy.runtimeVersionArn = runtimeVersionArn;
    copy.runtimeVersionError = runtimeVersionError;
    copy.masterArn = masterArn;
    copy.signingProfileVersionArn = signingProfileVersionArn;
    copy.signingJobArn = signingJobArn;
    copy.vpcId = vpcId;
    copy.snapStartOptimizationStatus = snapStartOptimizationStatus;
    copy.tenantIsolationMode = tenantIsolationMode;
    copy.layers = layers;
    copy.managedFields = managedFields;
    copy.drift = drift;
    copy.lastAppliedTime = lastAppliedTime;
    copy.lastHandledReconcileAt = lastHandledReconcileAt;
    copy.history = history;
    copy.baseline = baseline;
    copy.ignoredDrift = ignoredDrift;
    copy.owned = owned;
    copy.valueSources = valueSources;
    return copy;
  }

  private List<@Nullable Object> fields() {
    return Arrays.asList(
        observedGeneration,
        conditions,
        region,
        functionArn,
        version,
        state,
        stateReason,
        stateReasonCode,
        lastUpdateStatus,
        lastUpdateStatusReason,
        lastUpdateStatusReasonCode,
        revisionId,
        configSha256,
        codeSha256,
        codeSize,
        lastModified,
        packageType,
        architectures,
        environmentError,
        imageConfigError,
        runtimeVersionArn,
        runtimeVersionError,
        masterArn,
        signingProfileVersionArn,
        signingJobArn,
        vpcId,
        snapStartOptimizationStatus,
        tenantIsolationMode,
        layers,
        managedFields,
        drift,
        lastAppliedTime,
        lastHandledReconcileAt,
        history,
        baseline,
        ignoredDrift,
        owned,
        valueSources);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof LambdaFunctionConfigStatus that && fields().equals(that.fields());
  }

  @Override
  public int hashCode() {
    return Objects.hash(fields());
  }

  @Override
  public String toString() {
    return "LambdaFunctionConfigStatus[functionArn="
        + functionArn
        + ", conditions="
        + conditions
        + "]";
  }
}
