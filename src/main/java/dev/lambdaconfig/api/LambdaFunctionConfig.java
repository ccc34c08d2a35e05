package dev.lambdaconfig.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
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
 * whenever they are asked for. It is no {@code CustomResource} of the client, of which each object
 * has texts of its own for what the class says.
 */
@Group(LambdaFunctionConfig.GROUP)
@Version(LambdaFunctionConfig.VERSION)
@Kind("LambdaFunctionConfig")
// Otherwise they would be derived from the kind for each new object.
@Singular("lambdafunctionconfig")
@Plural("lambdafunctionconfigs")
@ShortNames("lfc")
@Categories({"aws", "lambda"})
@JsonPropertyOrder({"apiVersion", "kind", "metadata", "spec", "status"})
@JsonInclude(JsonInclude.Include.NON_NULL)
// The supertype would have the client search for the kind of what it reads.
@JsonDeserialize(using = JsonDeserializer.None.class)
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
public final class LambdaFunctionConfig implements HasMetadata, Namespaced {

  /** The API group. */
  public static final String GROUP = "lambdaconfig.dev";

  /** The served version. */
  public static final String VERSION = "v1alpha1";

  /** Group and version, as manifests write them. */
  public static final String API_VERSION = GROUP + "/" + VERSION;

  /** The annotation that names the fields whose drift is reported and not corrected. */
  public static final String IGNORE_DRIFT = "lambdaconfig.dev/ignore-drift";

  /** Maximum length of that annotation, several times that of all paths together. */
  public static final int LONGEST_IGNORE_DRIFT = 4096;

  private static final long serialVersionUID = 1L;

  private static final String KIND = "LambdaFunctionConfig";

  private ObjectMeta metadata = new ObjectMeta();
  private @Nullable LambdaFunctionConfigSpec spec;
  private @Nullable LambdaFunctionConfigStatus status;
  private transient @Nullable CompressedSpec compressedSpec;
  private transient @Nullable CompressedStatus compressedStatus;
  private transient @Nullable List<StatusCondition> summary;

  /** Whether what is decoded is kept. */
  private transient boolean keeps;

  private transient int targetHash;

  /**
   * Compresses spec and status, before others see this resource. A spec that could not be read
   * stays as it is: there is nothing but the reason to keep.
   */
  public void compress() {
    if (spec != null && spec.unreadable() == null) {
      compressedSpec = CompressedSpec.of(spec);
      spec = null;
    }
    if (status != null) {
      compressedStatus = CompressedStatus.of(status);
      summary = ConditionSummaries.of(status.conditions);
      status = null;
    }
  }

  /** Spec and status as they are compressed, or null if the spec could not be read. */
  RecentVersions.@Nullable Content content() {
    return spec == null
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
    copy.setSpec(spec);
    copy.setStatus(status);
    copy.compressedSpec = compressedSpec;
    copy.compressedStatus = compressedStatus;
    copy.summary = summary;
    copy.targetHash = targetHash;
    copy.keeps = true;
    return copy;
  }

  /**
   * The hash of the function that it names, by which a search among many decodes only those that
   * may be meant; 0 if none was recorded.
   */
  public int targetHash() {
    return targetHash;
  }

  /** Records the hash of the function that it names. */
  public void targetHash(int hash) {
    targetHash = hash;
  }

  /**
   * The names in its spec, or null where there is no spec that could be read. They are known
   * without decoding the spec, until it is decoded for something else.
   */
  public @Nullable SpecNames specNames() {
    return spec == null && compressedSpec != null ? compressedSpec.names() : SpecNames.of(spec);
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
    return compressedStatus == null && status != null
        ? CompressedStatus.of(status)
        : compressedStatus;
  }

  /**
   * The conditions for those who look at all resources, without decoding the status: messages and
   * generations are left out, and times too, unless the condition is {@code Drifted}.
   */
  public @Nullable List<StatusCondition> conditionSummary() {
    return summary == null && status != null ? ConditionSummaries.of(status.conditions) : summary;
  }

  /** The desired configuration, or null where there is none; decoded if it is compressed. */
  public @Nullable LambdaFunctionConfigSpec getSpec() {
    if (spec != null || compressedSpec == null) {
      return spec;
    }
    LambdaFunctionConfigSpec decoded = compressedSpec.spec();
    if (keeps) {
      spec = decoded;
    }
    return decoded;
  }

  /** The observed state, or null before the first status; decoded if it is compressed. */
  public @Nullable LambdaFunctionConfigStatus getStatus() {
    if (status != null || compressedStatus == null) {
      return status;
    }
    LambdaFunctionConfigStatus decoded = compressedStatus.status();
    if (keeps) {
      status = decoded;
    }
    return decoded;
  }

  /** Replaces the desired configuration. */
  @JsonDeserialize(using = LenientSpecDeserializer.class)
  public void setSpec(@Nullable LambdaFunctionConfigSpec spec) {
    compressedSpec = null;
    targetHash = 0;
    this.spec = spec;
  }

  /** Replaces the observed state. */
  @JsonDeserialize(using = LenientStatusDeserializer.class)
  public void setStatus(@Nullable LambdaFunctionConfigStatus status) {
    compressedStatus = null;
    summary = null;
    this.status = status;
  }

  @Override
  public ObjectMeta getMetadata() {
    return metadata;
  }

  @Override
  public void setMetadata(ObjectMeta metadata) {
    this.metadata = metadata;
  }

  @Override
  public String getApiVersion() {
    return API_VERSION;
  }

  /** Does nothing: the version is that of the class. */
  @Override
  public void setApiVersion(String version) {}

  @Override
  public String getKind() {
    return KIND;
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
