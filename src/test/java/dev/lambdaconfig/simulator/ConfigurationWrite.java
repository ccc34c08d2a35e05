package dev.lambdaconfig.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;

/**
 * Applies the settings of a request to a configuration, field by field: what AWS keeps, clears and
 * refuses, and how it answers the result. A member that is not in the request is kept
 * (docs/aws.md#absent-keeps).
 */
final class ConfigurationWrite {

  private static final String NOT_FOR_IMAGE =
      "Please don't provide Handler or Runtime or Layer when the intended function PackageType is"
          + " Image.";

  private final ObjectNode configuration;
  private final JsonNode request;
  private final FunctionContext context;
  private final boolean creating;

  private ConfigurationWrite(
      ObjectNode configuration, JsonNode request, FunctionContext context, boolean creating) {
    this.configuration = configuration;
    this.request = request;
    this.context = context;
    this.creating = creating;
  }

  /** Applies a request to a copy; a refusal is thrown, and then nothing is applied. */
  static ObjectNode applied(ObjectNode present, JsonNode request, FunctionContext context) {
    return new ConfigurationWrite(present.deepCopy(), request, context, false).apply();
  }

  /** Creates the first configuration of a function, which may have members that no update has. */
  static ObjectNode created(ObjectNode defaults, JsonNode request, FunctionContext context) {
    return new ConfigurationWrite(defaults.deepCopy(), request, context, true).apply();
  }

  private ObjectNode apply() {
    requireMembersOfPackageType();
    given("Role", this::role);
    given("Description", value -> configuration.set("Description", value));
    given("Timeout", value -> configuration.set("Timeout", value));
    given("MemorySize", this::memory);
    given("Handler", value -> configuration.set("Handler", value));
    given("Runtime", this::runtime);
    given("Environment", value -> EnvironmentRules.apply(configuration, value));
    given("KMSKeyArn", this::kmsKey);
    given("DeadLetterConfig", this::deadLetters);
    given("TracingConfig", value -> setIfGiven("TracingConfig", "Mode", value));
    given("Layers", value -> LayerRules.apply(configuration, value, context));
    given("VpcConfig", value -> NetworkRules.applyVpc(configuration, value, context));
    given("FileSystemConfigs", value -> NetworkRules.applyFileSystems(configuration, value));
    NetworkRules.requireVpcForFileSystems(
        configuration, request.hasNonNull("VpcConfig") && !request.hasNonNull("FileSystemConfigs"));
    given("ImageConfig", this::image);
    given("EphemeralStorage", value -> setIfGiven("EphemeralStorage", "Size", value));
    given("SnapStart", this::snapStart);
    requireRuntimeForSnapStart();
    given("LoggingConfig", value -> LoggingRules.apply(configuration, value, context));
    given("DurableConfig", this::durable);
    given("CapacityProviderConfig", this::capacityProvider);
    return configuration;
  }

  private void given(String member, Consumer<JsonNode> rule) {
    JsonNode value = request.get(member);
    if (Json.given(value)) {
      rule.accept(value);
    }
  }

  private boolean isImage() {
    return configuration.path("PackageType").asText().equals("Image");
  }

  private void requireMembersOfPackageType() {
    if (isImage()
        && (request.hasNonNull("Handler")
            || request.hasNonNull("Runtime")
            || !request.path("Layers").isEmpty())) {
      throw ApiError.invalidParameter(NOT_FOR_IMAGE);
    }
    if (!isImage() && !request.path("ImageConfig").isEmpty()) {
      // That AWS refuses is documented; its words are not recorded.
      throw ApiError.invalidParameter(
          "Please don't provide ImageConfig when the intended function PackageType is Zip.");
    }
  }

  private void role(JsonNode value) {
    if (!context.externalResources().canBeAssumed(value.asText())) {
      throw ApiError.invalidParameter(
          "The role defined for the function cannot be assumed by Lambda.");
    }
    configuration.set("Role", value);
  }

  private void memory(JsonNode value) {
    int limit = context.externalResources().memoryLimit();
    if (value.asInt() > limit) {
      // An account's limit, not the model's: no count of errors in front, and a capital M.
      throw ApiError.invalidParameter(
          "'MemorySize' value failed to satisfy constraint: Member must have value less than or"
              + " equal to "
              + limit);
    }
    configuration.set("MemorySize", value);
  }

  private void runtime(JsonNode value) {
    Runtimes.requireUsable(value.asText());
    configuration.set("Runtime", value);
    configuration.set(
        "RuntimeVersionConfig", Runtimes.version(value.asText(), context.accountRegion().region()));
  }

  private void kmsKey(JsonNode value) {
    if (value.asText().contains(":alias/")) {
      throw ApiError.invalidParameter(
          "Lambda was unable to configure access to your environment variables because the KMS"
              + " key is invalid for CreateGrant. Please check your KMS key settings. KMS"
              + " Exception: InvalidArnException KMS Message: Key Aliases are not supported for"
              + " this operation.");
    }
    setOrRemoveIfEmpty("KMSKeyArn", value.asText(), value);
  }

  /**
   * Sets the dead-letter target: an empty object keeps it, an empty ARN clears it
   * (docs/aws.md#clear-dead-letter).
   */
  private void deadLetters(JsonNode value) {
    JsonNode target = value.get("TargetArn");
    if (!Json.given(target)) {
      return;
    }
    String arn = target.asText();
    String role = configuration.path("Role").asText();
    if (arn.contains(":sqs:")) {
      context.externalResources().requirePermission(role, "SendMessage on SQS");
    } else if (arn.contains(":sns:")) {
      context.externalResources().requirePermission(role, "Publish on SNS");
    }
    setOrRemoveIfEmpty("DeadLetterConfig", arn, Json.object("TargetArn", arn));
  }

  /** Replaces the image configuration as a whole (docs/aws.md#image-config). */
  private void image(JsonNode value) {
    ObjectNode image = Json.object();
    for (String member : new String[] {"EntryPoint", "Command", "WorkingDirectory"}) {
      JsonNode sent = value.get(member);
      boolean empty =
          !Json.given(sent) || (sent.isArray() ? sent.isEmpty() : sent.asText().isEmpty());
      if (!empty) {
        image.set(member, sent);
      }
    }
    if (image.isEmpty()) {
      configuration.remove("ImageConfigResponse");
    } else {
      configuration.set("ImageConfigResponse", Json.object().set("ImageConfig", image));
    }
  }

  /** Sets SnapStart; the optimization of $LATEST is always Off (docs/aws.md#snap-start). */
  private void snapStart(JsonNode value) {
    JsonNode applyOn = value.get("ApplyOn");
    if (Json.given(applyOn)) {
      configuration.set(
          "SnapStart", Json.object("ApplyOn", applyOn.asText()).put("OptimizationStatus", "Off"));
    }
  }

  private void requireRuntimeForSnapStart() {
    boolean asked =
        configuration.path("SnapStart").path("ApplyOn").asText().equals("PublishedVersions");
    if (asked && configuration.hasNonNull("Runtime")) {
      Runtimes.requireSnapStart(configuration.path("Runtime").asText());
    }
  }

  private void durable(JsonNode value) {
    ObjectNode durable = Json.object();
    if (configuration.get("DurableConfig") instanceof ObjectNode present) {
      durable.setAll(present);
    } else if (!creating) {
      throw ApiError.invalidParameter(
          "You cannot add a durable configuration to a function that was originally created with"
              + " no durable configuration");
    } else if (!value.hasNonNull("ExecutionTimeout")) {
      throw ApiError.invalidParameter(
          "You cannot create a function with a durable configuration without an"
              + " executionTimeout");
    }
    value.properties().forEach(member -> durable.set(member.getKey(), member.getValue()));
    configuration.set("DurableConfig", durable);
  }

  private void capacityProvider(JsonNode value) {
    if (!creating && !configuration.has("CapacityProviderConfig")) {
      throw ApiError.invalidParameter(
          "CapacityProviderConfig isn't supported for Lambda Default functions.");
    }
    configuration.set("CapacityProviderConfig", value);
  }

  private void setIfGiven(String structure, String member, JsonNode value) {
    JsonNode sent = value.get(member);
    if (Json.given(sent)) {
      configuration.set(structure, Json.object().set(member, sent));
    }
  }

  private void setOrRemoveIfEmpty(String member, String text, JsonNode value) {
    if (text.isEmpty()) {
      configuration.remove(member);
    } else {
      configuration.set(member, value);
    }
  }
}
