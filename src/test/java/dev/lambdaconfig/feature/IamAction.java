package dev.lambdaconfig.feature;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lambdaconfig.simulator.ApiCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An action on a resource that IAM checks for a call, as deploy/README.md lists them. Lambda checks
 * what a request refers to as the caller.
 */
record IamAction(String action, String resource, Map<String, String> context) {

  private static final String ANY = "*";

  private IamAction(String action, String resource) {
    this(action, resource, Map.of());
  }

  /** The actions of a call. */
  static List<IamAction> of(ApiCall call) {
    List<IamAction> actions = new ArrayList<>();
    JsonNode body = call.body();
    if (call.operation().equals("AssumeRole") && body != null) {
      session(actions, body);
      return actions;
    }
    actions.add(
        new IamAction(
            "lambda:" + call.operation(),
            call.operation().equals("ListFunctions")
                ? ANY
                : "arn:aws:lambda:%s:%s:function:%s"
                    .formatted(call.region(), call.account(), call.functionName())));
    if (call.operation().equals("UpdateFunctionConfiguration") && body != null) {
      role(actions, text(body, "/Role"));
      body.path("Layers").forEach(arn -> actions.add(layer(arn.asText())));
      vpc(actions, body.path("VpcConfig"));
      body.path("FileSystemConfigs").forEach(mount -> actions.add(mountTargets(call)));
      key(actions, text(body, "/KMSKeyArn"), "lambda." + call.region() + ".amazonaws.com");
      capacityProvider(
          actions,
          text(
              body,
              "/CapacityProviderConfig/LambdaManagedInstancesCapacityProviderConfig/CapacityProviderArn"));
    }
    return actions;
  }

  private static void session(List<IamAction> actions, JsonNode form) {
    String role = form.path("RoleArn").asText();
    actions.add(new IamAction("sts:AssumeRole", role));
    if (form.has("Tags.member.1.Key")) {
      actions.add(new IamAction("sts:TagSession", role));
    }
  }

  private static void role(List<IamAction> actions, @Nullable String role) {
    if (role != null) {
      actions.add(
          new IamAction(
              "iam:PassRole", role, Map.of("iam:PassedToService", "lambda.amazonaws.com")));
    }
  }

  private static IamAction layer(String arn) {
    return new IamAction("lambda:GetLayerVersion", arn);
  }

  private static void vpc(List<IamAction> actions, JsonNode vpc) {
    if (!vpc.path("SubnetIds").isEmpty()) {
      for (String described : List.of("SecurityGroups", "Subnets", "Vpcs")) {
        actions.add(new IamAction("ec2:Describe" + described, ANY));
      }
    }
  }

  /** Of the file system of an access point, which the request does not name. */
  private static IamAction mountTargets(ApiCall call) {
    return new IamAction(
        "elasticfilesystem:DescribeMountTargets",
        "arn:aws:elasticfilesystem:%s:%s:file-system/fs-0123456789abcdef0"
            .formatted(call.region(), call.account()));
  }

  /**
   * To set a key, and to read the environment that it encrypts; Lambda makes these requests for the
   * caller (docs/aws.md#kms-via-lambda).
   */
  private static void key(List<IamAction> actions, @Nullable String key, String service) {
    if (key != null) {
      for (String use : List.of("CreateGrant", "Encrypt", "Decrypt")) {
        actions.add(new IamAction("kms:" + use, key, Map.of("kms:ViaService", service)));
      }
    }
  }

  private static void capacityProvider(List<IamAction> actions, @Nullable String provider) {
    if (provider != null) {
      actions.add(new IamAction("lambda:PassCapacityProvider", provider));
    }
  }

  private static @Nullable String text(JsonNode body, String pointer) {
    JsonNode member = body.at(pointer);
    return member.isTextual() && !member.asText().isEmpty() ? member.asText() : null;
  }
}
