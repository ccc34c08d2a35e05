package dev.lambdaconfig.feature;

import static dev.lambdaconfig.feature.SchemaRule.field;

import java.util.ArrayList;
import java.util.List;

/** Rules of the schema for settings that have parts. */
final class BlockRules {

  private static final String ACCESS_POINT =
      "arn:aws:elasticfilesystem:eu-west-1:123456789012:access-point/fsap-0123456789abcdef0";
  private static final String MOUNT =
      "fileSystemConfigs: [{arn: '" + ACCESS_POINT + "', localMountPath: /mnt/data}]\n";
  private static final String VPC = "subnetIds: [subnet-1], securityGroupIds: [sg-1]";
  private static final String INNER = "lambdaManagedInstancesCapacityProviderConfig";

  private BlockRules() {}

  static List<SchemaRule> all() {
    List<SchemaRule> rules = new ArrayList<>();
    network(rules);
    blocks(rules);
    image(rules);
    return rules;
  }

  private static void network(List<SchemaRule> rules) {
    rules.add(
        field(
            "subnets",
            "vpcConfig: {" + VPC + "}",
            "vpcConfig: {subnetIds: [vpc-1]}",
            "subnetIds must be ids of subnets, such as subnet-0a1b2c3d"));
    rules.add(
        field(
            "security groups",
            "vpcConfig: {securityGroupIds: [sg-1]}",
            "vpcConfig: {securityGroupIds: [default]}",
            "must be ids of security groups, such as sg-0a1b2c3d"));
    rules.add(
        field(
            "a subnet twice",
            "vpcConfig: {subnetIds: [subnet-1, subnet-2]}",
            "vpcConfig: {subnetIds: [subnet-1, subnet-1]}",
            "duplicate entries"));
    rules.add(
        field(
            "one empty VPC list",
            "vpcConfig: {subnetIds: [], securityGroupIds: []}",
            "vpcConfig: {subnetIds: [], securityGroupIds: [sg-1]}",
            "name at least one of each, or write [] for both to leave the VPC"));
    rules.add(
        field(
            "IPv6 without subnets",
            "vpcConfig: {ipv6AllowedForDualStack: true}",
            "vpcConfig: {subnetIds: [], ipv6AllowedForDualStack: true}",
            "or set ipv6AllowedForDualStack: false"));
    rules.add(
        field(
            "IPv6 without security groups",
            "vpcConfig: {" + VPC + ", ipv6AllowedForDualStack: true}",
            "vpcConfig: {securityGroupIds: [], ipv6AllowedForDualStack: true}",
            "or set ipv6AllowedForDualStack: false"));
    String needsVpc = "set vpcConfig.subnetIds and vpcConfig.securityGroupIds, or clear";
    rules.add(field("mount outside a VPC", MOUNT, MOUNT + "vpcConfig: {}", needsVpc));
    rules.add(
        field(
            "mount without subnets",
            MOUNT + "vpcConfig: {" + VPC + "}",
            MOUNT + "vpcConfig: {subnetIds: [], securityGroupIds: []}",
            needsVpc));
    rules.add(
        field(
            "mount without security groups",
            "fileSystemConfigs: []\nvpcConfig: {}",
            MOUNT + "vpcConfig: {securityGroupIds: []}",
            needsVpc));
    rules.add(
        field(
            "access point",
            MOUNT,
            MOUNT.replace("access-point/fsap-0123456789abcdef0", "file-system/fs-1"),
            "arn is the ARN of a file system: write that of one of its access points"));
    rules.add(
        field(
            "form of an access point",
            MOUNT.replace(
                ACCESS_POINT,
                "arn:aws:s3files:eu-west-1:123456789012:file-system/fs-0123456789abcdef0"
                    + "/access-point/fsap-0123456789abcdef0"),
            MOUNT.replace(ACCESS_POINT, "fsap-0123456789abcdef0"),
            "must be the ARN of an access point, such as arn:aws:elasticfilesystem:"));
    rules.add(
        field(
            "mount path",
            MOUNT,
            MOUNT.replace("/mnt/data", "/data"),
            "must be one directory below /mnt"));
    rules.add(
        field(
            "direct reads of S3 Files",
            MOUNT.replace("/mnt/data", "/mnt/data, s3FilesConfig: {directS3Read: AUTO}"),
            MOUNT.replace("/mnt/data", "/mnt/data, s3FilesConfig: {directS3Read: ON_DEMAND}"),
            "\"ENABLED\", \"DISABLED\", \"AUTO\""));
    rules.add(
        field(
            "number of mounts",
            "fileSystemConfigs: []",
            "fileSystemConfigs: [{arn: a, localMountPath: b}, {arn: a, localMountPath: c}]",
            "must have at most 1 item"));
  }

  private static void blocks(List<SchemaRule> rules) {
    rules.add(choice("tracingConfig", "mode", "PassThrough", "On", "\"Active\", \"PassThrough\""));
    rules.add(choice("snapStart", "applyOn", "None", "All", "\"PublishedVersions\", \"None\""));
    rules.add(choice("loggingConfig", "logFormat", "JSON", "json", "\"JSON\", \"Text\""));
    rules.add(
        choice("loggingConfig", "applicationLogLevel", "FATAL", "OFF", "\"TRACE\", \"DEBUG\""));
    rules.add(
        choice(
            "loggingConfig", "systemLogLevel", "WARN", "ERROR", "\"DEBUG\", \"INFO\", \"WARN\""));
    rules.add(
        field(
            "levels beside Text",
            "loggingConfig: {logFormat: JSON, systemLogLevel: WARN}",
            "loggingConfig: {logFormat: Text, systemLogLevel: WARN}",
            "remove applicationLogLevel and systemLogLevel, or set logFormat: JSON"));
    rules.add(
        field(
            "log group",
            "loggingConfig: {logGroup: ''}",
            "loggingConfig: {logGroup: 'a b'}",
            "such as /aws/lambda/my-function"));
    rules.add(
        field(
            "clearing /tmp",
            "ephemeralStorage: {size: 32768}",
            "ephemeralStorage: {}",
            "remove ephemeralStorage to stop managing it, or set size"));
    rules.add(
        field(
            "least /tmp",
            "ephemeralStorage: {size: 512}",
            "ephemeralStorage: {size: 511}",
            "greater than or equal to 512"));
    rules.add(
        field(
            "clearing a durable configuration",
            "durableConfig: {retentionPeriodInDays: 90}",
            "durableConfig: {}",
            "remove durableConfig to stop managing it, or set executionTimeout"));
    rules.add(
        field(
            "key of a durable function",
            "durableConfig: {kmsKeyArn: ''}",
            "durableConfig: {kmsKeyArn: a}",
            "must be the ARN of a KMS key, such as arn:aws:kms:"));
    rules.add(
        field(
            "clearing a capacity provider",
            "capacityProviderConfig: {"
                + INNER
                + ": {perExecutionEnvironmentMaxConcurrency: 1600}}",
            "capacityProviderConfig: {}",
            "remove capacityProviderConfig to stop managing it, or set " + INNER));
    rules.add(
        field(
            "clearing the inside of a capacity provider",
            "capacityProviderConfig: {" + INNER + ": {executionEnvironmentMemoryGiBPerVCpu: 2.5}}",
            "capacityProviderConfig: {" + INNER + ": {}}",
            "remove capacityProviderConfig to stop managing it, or set capacityProviderArn"));
    String arn = "arn:aws:lambda:eu-west-1:123456789012:capacity-provider:a";
    rules.add(
        field(
            "ARN of a capacity provider",
            "capacityProviderConfig: {" + INNER + ": {capacityProviderArn: '" + arn + "'}}",
            "capacityProviderConfig: {" + INNER + ": {capacityProviderArn: a}}",
            "such as arn:aws:lambda:eu-west-1:123456789012:capacity-provider:my-provider"));
  }

  private static void image(List<SchemaRule> rules) {
    String message = "handler, runtime and layers are for zip functions: remove one or the other";
    String image = "imageConfig: {command: [a, a], workingDirectory: ''}\n";
    rules.add(field("image and handler", image, image + "handler: a.b", message));
    rules.add(field("image and runtime", image, image + "runtime: java21", message));
    rules.add(field("image and layers", "imageConfig: {}", image + "layers: []", message));
  }

  private static SchemaRule choice(
      String block, String field, String known, String unknown, String message) {
    return field(
        block + "." + field,
        block + ": {" + field + ": " + known + "}",
        block + ": {" + field + ": " + unknown + "}",
        "supported values: " + message);
  }
}
