package dev.lambdaconfig.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Rules of VpcConfig, and of settings that need a VPC. */
final class NetworkRules {

  private static final String VPC_ID = "vpc-0c1d2e3f4a5b6c7d8";

  private NetworkRules() {}

  static void applyVpc(ObjectNode configuration, JsonNode requested, FunctionContext context) {
    JsonNode subnets = effective(configuration, requested, "SubnetIds");
    JsonNode groups = effective(configuration, requested, "SecurityGroupIds");
    if (requested.isEmpty()) {
      // Not settled for AWS; an empty object keeps elsewhere.
      return;
    }
    if (subnets.isEmpty() != groups.isEmpty()) {
      throw ApiError.invalidParameter(
          "SubnetIds and SecurityIds must coexist or be both empty list.");
    }
    requireExisting(subnets, groups, context.externalResources());
    if (!subnets.isEmpty()) {
      context
          .externalResources()
          .requirePermission(configuration.path("Role").asText(), "CreateNetworkInterface on EC2");
    }
    boolean reverse = context.dialect().reversesVpcIds();
    ObjectNode vpc = Json.object();
    vpc.set("SubnetIds", reverse ? reversed(subnets) : subnets);
    vpc.set("SecurityGroupIds", reverse ? reversed(groups) : groups);
    // A detached function keeps the member, emptied.
    vpc.put("VpcId", subnets.isEmpty() ? "" : VPC_ID);
    JsonNode dualStack = requested.get("Ipv6AllowedForDualStack");
    vpc.put(
        "Ipv6AllowedForDualStack",
        Json.given(dualStack)
            ? dualStack.asBoolean()
            : configuration.path("VpcConfig").path("Ipv6AllowedForDualStack").asBoolean());
    configuration.set("VpcConfig", vpc);
  }

  static void applyFileSystems(ObjectNode configuration, JsonNode requested) {
    if (requested.isEmpty()) {
      configuration.remove("FileSystemConfigs");
    } else {
      ArrayNode mounts = JsonNodeFactory.instance.arrayNode();
      requested.forEach(mount -> mounts.add(mounted(mount)));
      configuration.set("FileSystemConfigs", mounts);
    }
  }

  /**
   * Replaces the entry as a whole: direct reads that it does not name become AUTO
   * (docs/aws.md#file-systems).
   */
  private static ObjectNode mounted(JsonNode requested) {
    ObjectNode mount = requested.deepCopy();
    if (mount.path("Arn").asText().contains(":s3files:")) {
      mount.withObject("/S3FilesConfig");
      if (!mount.path("S3FilesConfig").hasNonNull("DirectS3Read")) {
        ((ObjectNode) mount.get("S3FilesConfig")).put("DirectS3Read", "AUTO");
      }
    }
    return mount;
  }

  /**
   * Requires a VPC for file systems; {@code detaching} tells whether this request has detached the
   * function.
   */
  static void requireVpcForFileSystems(ObjectNode configuration, boolean detaching) {
    boolean inVpc = !configuration.path("VpcConfig").path("SubnetIds").isEmpty();
    JsonNode fileSystem = configuration.path("FileSystemConfigs").path(0);
    if (inVpc || fileSystem.isMissingNode()) {
      return;
    }
    String accessPoint = fileSystem.path("Arn").asText();
    throw ApiError.invalidParameter(
        detaching
            ? "Function VPC configuration cannot be removed with access point "
                + accessPoint
                + " referenced."
            : "Function must be configured to execute in a VPC to reference access point "
                + accessPoint
                + ".");
  }

  /** AWS looks for security groups before it looks for subnets. */
  private static void requireExisting(
      JsonNode subnets, JsonNode groups, ExternalResources externalResources) {
    for (String group : Json.texts(groups)) {
      if (externalResources.isMissing(group)) {
        throw ApiError.invalidParameter(
            "Error occurred while DescribeSecurityGroups. EC2 Error Code: InvalidGroup.NotFound."
                + " EC2 Error Message: The security group '"
                + group
                + "' does not exist");
      }
    }
    for (String subnet : Json.texts(subnets)) {
      if (externalResources.isMissing(subnet)) {
        throw ApiError.invalidParameter(
            "Error occurred while DescribeSubnets. EC2 Error Code: InvalidSubnetID.NotFound. EC2"
                + " Error Message: The subnet ID '"
                + subnet
                + "' does not exist");
      }
    }
  }

  private static JsonNode effective(ObjectNode configuration, JsonNode requested, String member) {
    JsonNode sent = requested.get(member);
    if (Json.given(sent)) {
      return sent;
    }
    JsonNode present = configuration.path("VpcConfig").get(member);
    return present == null ? JsonNodeFactory.instance.arrayNode() : present;
  }

  private static ArrayNode reversed(JsonNode list) {
    ArrayNode reversed = JsonNodeFactory.instance.arrayNode();
    list.forEach(item -> reversed.insert(0, item));
    return reversed;
  }
}
