package dev.lambdaconfig.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.Nullable;

/** The desired configuration of one existing AWS Lambda function. */
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

  private static final long serialVersionUID = 1L;

  @Override
  @JsonDeserialize(using = LenientSpecDeserializer.class)
  public void setSpec(@Nullable LambdaFunctionConfigSpec spec) {
    super.setSpec(spec);
  }

  @Override
  @JsonDeserialize(using = LenientStatusDeserializer.class)
  public void setStatus(@Nullable LambdaFunctionConfigStatus status) {
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
}
