package dev.lambdaconfig.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The desired configuration of one existing AWS Lambda function.
 *
 * <p>The cache holds it {@linkplain #compress() compressed}: spec and status are then decoded
 * whenever they are asked for.
 */
@Group(LambdaFunctionConfig.GROUP)
@Version(LambdaFunctionConfig.VERSION)
@Kind("LambdaFunctionConfig")
// Otherwise they would be derived from the kind for each new object.
@Singular("lambdafunctionconfig")
@Plural("lambdafunctionconfigs")
@ShortNames("lfc")
@Categories({"aws", "lambda"})
@JsonIgnoreProperties(ignoreUnknown = true)
@AdditionalPrinterColumn(name = "Function", jsonPath = ".spec.functionName")
@AdditionalPrinterColumn(
    name = "Ready",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(name = "State", jsonPath = ".status.state")
@AdditionalPrinterColumn(name = "Update", jsonPath = ".status.lastUpdateStatus")
@AdditionalPrinterColumn(
    name = "Drift",
    jsonPath = ".status.conditions[?(@.type==\"Drifted\")].status")
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(name = "Region", jsonPath = ".status.region", priority = 1)
@AdditionalPrinterColumn(name = "Runtime", jsonPath = ".spec.runtime", priority = 1)
@AdditionalPrinterColumn(
    name = "Memory",
    jsonPath = ".spec.memorySize",
    type = AdditionalPrinterColumn.Type.INTEGER,
    priority = 1)
@AdditionalPrinterColumn(
    name = "Reason",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason",
    priority = 1)
public final class LambdaFunctionConfig
    extends CustomResource<@Nullable LambdaFunctionConfigSpec, @Nullable LambdaFunctionConfigStatus>
    implements Namespaced {

  /** The API group. */
  public static final String GROUP = "lambdaconfig.dev";

  /** The served version. */
  public static final String VERSION = "v1alpha1";

  /** The annotation that names the fields whose drift is reported and not corrected. */
  public static final String IGNORE_DRIFT = "lambdaconfig.dev/ignore-drift";

  /** Maximum length of that annotation, several times that of all paths together. */
  public static final int LONGEST_IGNORE_DRIFT = 4096;

  private static final long serialVersionUID = 1L;

  private transient @Nullable CompressedSpec compressedSpec;
  private transient @Nullable CompressedStatus compressedStatus;
  private transient @Nullable List<StatusCondition> summary;

  /** Whether what is decoded is kept. */
  private transient boolean keeps;

  /**
   * Compresses spec and status, before others see this resource. A spec that could not be read
   * stays as it is: there is nothing but the reason to keep.
   */
  public void compress() {
    LambdaFunctionConfigSpec read = super.getSpec();
    if (read != null && read.unreadable() == null) {
      compressedSpec = CompressedSpec.of(read);
      super.setSpec(null);
    }
    LambdaFunctionConfigStatus written = super.getStatus();
    if (written != null) {
      compressedStatus = CompressedStatus.of(written);
      summary = ConditionSummaries.of(written.conditions);
      super.setStatus(null);
    }
  }

  /** Spec and status as they are compressed, or null if the spec could not be read. */
  RecentVersions.@Nullable Content content() {
    return super.getSpec() == null
        ? new RecentVersions.Content(
            getMetadata().getResourceVersion(), compressedSpec, compressedStatus, summary)
        : null;
  }

  /** Takes over spec and status of the same version. */
  void content(RecentVersions.Content content) {
    compressedSpec = content.spec();
    compressedStatus = content.status();
    summary = content.summary();
  }

  /**
   * Returns a copy for one reader, which decodes spec and status once. Specs are shared, because
   * nobody changes them.
   */
  public LambdaFunctionConfig copy() {
    LambdaFunctionConfig copy = new LambdaFunctionConfig();
    copy.setMetadata(new ObjectMetaBuilder(getMetadata()).build());
    copy.setSpec(super.getSpec());
    copy.setStatus(super.getStatus());
    copy.compressedSpec = compressedSpec;
    copy.compressedStatus = compressedStatus;
    copy.summary = summary;
    copy.keeps = true;
    return copy;
  }

  /** Takes over the name and the UID of an earlier version, which others refer to as well. */
  public void shareNames(LambdaFunctionConfig before) {
    ObjectMeta metadata = getMetadata();
    ObjectMeta earlier = before.getMetadata();
    if (Objects.equals(metadata.getUid(), earlier.getUid())) {
      metadata.setUid(earlier.getUid());
      metadata.setName(earlier.getName());
    }
  }

  /** The value of the annotation {@link #IGNORE_DRIFT}, or null where there is none. */
  public @Nullable String ignoreDrift() {
    Map<String, String> annotations = getMetadata().getAnnotations();
    return annotations == null ? null : annotations.get(IGNORE_DRIFT);
  }

  /** The status for comparisons, or null where there is none. */
  public @Nullable CompressedStatus compressedStatus() {
    LambdaFunctionConfigStatus status = super.getStatus();
    return compressedStatus == null && status != null
        ? CompressedStatus.of(status)
        : compressedStatus;
  }

  /**
   * The conditions for those who look at all resources, without decoding the status: messages and
   * generations are left out, and times too, unless the condition is {@code Drifted}.
   */
  public @Nullable List<StatusCondition> conditionSummary() {
    LambdaFunctionConfigStatus status = super.getStatus();
    return summary == null && status != null ? ConditionSummaries.of(status.conditions) : summary;
  }

  @Override
  public @Nullable LambdaFunctionConfigSpec getSpec() {
    LambdaFunctionConfigSpec spec = super.getSpec();
    if (spec != null || compressedSpec == null) {
      return spec;
    }
    LambdaFunctionConfigSpec decoded = compressedSpec.spec();
    if (keeps) {
      super.setSpec(decoded);
    }
    return decoded;
  }

  @Override
  public @Nullable LambdaFunctionConfigStatus getStatus() {
    LambdaFunctionConfigStatus status = super.getStatus();
    if (status != null || compressedStatus == null) {
      return status;
    }
    LambdaFunctionConfigStatus decoded = compressedStatus.status();
    if (keeps) {
      super.setStatus(decoded);
    }
    return decoded;
  }

  @Override
  @JsonDeserialize(using = LenientSpecDeserializer.class)
  public void setSpec(@Nullable LambdaFunctionConfigSpec spec) {
    compressedSpec = null;
    super.setSpec(spec);
  }

  @Override
  @JsonDeserialize(using = LenientStatusDeserializer.class)
  public void setStatus(@Nullable LambdaFunctionConfigStatus status) {
    compressedStatus = null;
    summary = null;
    super.setStatus(status);
  }

  // The superclass would instantiate both; an empty object in a server-side apply owns fields.
  @Override
  protected @Nullable LambdaFunctionConfigSpec initSpec() {
    return null;
  }

  @Override
  protected @Nullable LambdaFunctionConfigStatus initStatus() {
    return null;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof LambdaFunctionConfig that
        && getMetadata().equals(that.getMetadata())
        && Objects.equals(getSpec(), that.getSpec())
        && Objects.equals(compressedStatus(), that.compressedStatus());
  }

  @Override
  public int hashCode() {
    return getMetadata().hashCode();
  }

  /** Its name and version only: logs print this text. */
  @Override
  public String toString() {
    return "LambdaFunctionConfig["
        + getMetadata().getNamespace()
        + "/"
        + getMetadata().getName()
        + ", resourceVersion="
        + getMetadata().getResourceVersion()
        + "]";
  }
}
