package dev.lambdaconfig.cli.export.template;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lambdaconfig.model.FunctionReference;
import dev.lambdaconfig.text.WholeText;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A function of a Terraform state.
 *
 * @param address such as {@code module.a.aws_lambda_function.orders["eu"]}
 * @param function the name of the function
 * @param region the Region, or null where the state does not say it
 * @param account the account, or null where the state does not say it
 * @param state the instance in the state
 */
record TerraformInstance(
    String address,
    FunctionReference function,
    @Nullable String region,
    @Nullable String account,
    JsonNode state) {

  private static final String TYPE = "aws_lambda_function";

  /** The functions of the provider for the Cloud Control API, whose attributes are others. */
  private static final String OTHER_TYPE = "awscc_lambda_function";

  private static final int LONGEST_NAME = 200;

  /**
   * The functions of a resource.
   *
   * @param skipped receives the functions that are not to be exported, and why
   * @param failed receives the functions that cannot be exported, and why
   */
  static List<TerraformInstance> of(
      JsonNode resource, Consumer<String> skipped, Consumer<String> failed) {
    String type = resource.path("type").asText();
    boolean isFunction = type.equals(TYPE) || type.equals(OTHER_TYPE);
    List<TerraformInstance> functions = new ArrayList<>();
    if (!isFunction || !resource.path("mode").asText().equals("managed")) {
      return functions;
    }
    for (JsonNode instance : resource.path("instances")) {
      String address = address(resource, instance);
      if (instance.has("deposed")) {
        skipped.accept(
            address + " is skipped: it is deposed, and Terraform destroys it with the next apply");
      } else if (type.equals(OTHER_TYPE)) {
        failed.accept(
            "%s is left out: only resources of the type %s are read".formatted(address, TYPE));
      } else {
        try {
          functions.add(of(address, instance));
        } catch (IllegalArgumentException e) {
          failed.accept(address + " is left out: " + e.getMessage());
        }
      }
    }
    return functions;
  }

  private static TerraformInstance of(String address, JsonNode instance) {
    JsonNode attributes = instance.path("attributes");
    String name = attributes.path("function_name").asText("");
    if (name.isEmpty()) {
      throw new IllegalArgumentException(
          "the state has no function_name of it: write the state anew, with terraform apply"
              + " -refresh-only");
    }
    FunctionReference function = FunctionReference.parse(name);
    FunctionReference arn = arn(attributes);
    String region = attributes.path("region").asText("");
    return new TerraformInstance(
        address,
        function,
        FunctionReference.isRegion(region) ? region : arn.region(),
        arn.account(),
        instance);
  }

  private static FunctionReference arn(JsonNode attributes) {
    try {
      return FunctionReference.parse(attributes.path("arn").asText(""));
    } catch (IllegalArgumentException e) {
      return new FunctionReference("", "", null, null);
    }
  }

  private static String address(JsonNode resource, JsonNode instance) {
    String module = resource.path("module").asText("");
    JsonNode key = instance.get("index_key");
    return WholeText.shortened(
        (module.isEmpty() ? "" : module + ".")
            + resource.path("type").asText()
            + "."
            + resource.path("name").asText()
            + (key == null ? "" : "[" + key + "]"),
        LONGEST_NAME);
  }
}
