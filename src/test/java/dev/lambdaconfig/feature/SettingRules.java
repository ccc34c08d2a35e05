package dev.lambdaconfig.feature;

import static dev.lambdaconfig.feature.SchemaRule.field;
import static dev.lambdaconfig.feature.SchemaRule.rule;

import java.util.ArrayList;
import java.util.List;

/** Rules of the schema for the function and for settings that are one value or a list. */
final class SettingRules {

  private static final String LAYER = "arn:aws:lambda:eu-west-1:123456789012:layer:";
  private static final String KMS = "arn:aws:kms:eu-west-1:123456789012:";

  private SettingRules() {}

  static List<SchemaRule> all() {
    List<SchemaRule> rules = new ArrayList<>();
    targets(rules);
    singles(rules);
    layers(rules);
    environment(rules);
    return rules;
  }

  private static void targets(List<SchemaRule> rules) {
    String arn = "functionName: 'arn:aws:lambda:eu-west-1:123456789012:function:orders";
    rules.add(
        rule("form of a name", "functionName: a_b-C9", "functionName: a b", "write my-function, "));
    rules.add(rule("empty name", "functionName: a", "functionName: ''", "write my-function, "));
    rules.add(
        rule(
            "length of a name",
            "functionName: " + "a".repeat(64),
            "functionName: " + "a".repeat(65),
            "a name of more than 64 characters, which AWS does not allow"));
    rules.add(
        rule(
            "length of a name before a qualifier",
            "functionName: '" + "a".repeat(64) + ":$LATEST'",
            "functionName: '" + "a".repeat(65) + ":$LATEST'",
            "a name of more than 64 characters, which AWS does not allow"));
    rules.add(
        rule(
            "length of an ARN",
            arn + "a".repeat(140 - arn.length() + "functionName: '".length()) + "'",
            arn + "a".repeat(141 - arn.length() + "functionName: '".length()) + "'",
            "may not be more than 140"));
    rules.add(
        rule(
            "form of an ARN",
            arn + "'",
            "functionName: 'arn:aws:sqs:eu-west-1:123456789012:orders'",
            "write my-function, 123456789012:function:my-function or arn:aws:lambda:"));
    rules.add(
        rule(
            "partial ARN",
            "functionName: '123456789012:function:orders'",
            "functionName: '12345:function:orders'",
            "write my-function, "));
    rules.add(
        rule(
            "alias of a name",
            "functionName: 'orders:$LATEST'",
            "functionName: 'orders:prod'",
            "only $LATEST has a configuration that can be changed: remove the colon and what"));
    rules.add(
        rule("version of an ARN", arn + ":$LATEST'", arn + ":7'", "remove the colon and what"));
    rules.add(
        rule(
            "form of a Region",
            "functionName: a\nregion: us-gov-west-1",
            "functionName: a\nregion: Ireland",
            "region must be the code of an AWS Region, such as eu-west-1"));
    rules.add(
        rule(
            "Region of the ARN",
            arn + "'\nregion: eu-west-1",
            arn + "'\nregion: us-east-1",
            "Region in functionName differs from region: remove region, or correct one of them"));
    rules.add(
        rule(
            "Region of the partial ARN",
            "functionName: 'eu-west-1:123456789012:function:a'\nregion: eu-west-1",
            "functionName: 'eu-west-1:123456789012:function:a'\nregion: us-east-1",
            "Region in functionName differs from region: remove region, or correct one of them"));
    rules.add(field("mode", "mode: Observe", "mode: observe", "\"Enforce\", \"Observe\""));
    rules.add(field("suspend", "suspend: true", "suspend: 'true'", "expected boolean"));
  }

  private static void singles(List<SchemaRule> rules) {
    rules.add(
        field(
            "description",
            "description: " + "x".repeat(256),
            "description: " + "x".repeat(257),
            "may not be more than 256"));
    rules.add(
        field(
            "role",
            "role: 'arn:aws:iam::123456789012:role/path/my-role'",
            "role: my-role",
            "such as arn:aws:iam::123456789012:role/my-role"));
    rules.add(
        field(
            "clearing the role",
            "role: 'arn:aws-cn:iam::123456789012:role/r'",
            "role: ''",
            "cannot be cleared: remove it to stop managing it"));
    rules.add(field("handler", "handler: app.handler", "handler: a b", "such as app.handler"));
    rules.add(field("clearing the handler", "handler: a", "handler: ''", "cannot be cleared: "));
    rules.add(
        field(
            "length of the handler",
            "handler: " + "x".repeat(128),
            "handler: " + "x".repeat(129),
            "may not be more than 128"));
    rules.add(field("runtime", "runtime: python9.99", "runtime: python 3", "such as python3.13"));
    rules.add(field("clearing the runtime", "runtime: a", "runtime: ''", "cannot be cleared: "));
    rules.add(field("least timeout", "timeout: 1", "timeout: 0", "greater than or equal to 1"));
    rules.add(field("timeout", "timeout: 5400", "timeout: 5401", "less than or equal to 5400"));
    rules.add(field("type of timeout", "timeout: 5", "timeout: abc", "expected numeric"));
    rules.add(
        field(
            "least memory", "memorySize: 128", "memorySize: 127", "greater than or equal to 128"));
    rules.add(
        field("memory", "memorySize: 32768", "memorySize: 32769", "less than or equal to 32768"));
    rules.add(
        field(
            "key",
            "kmsKeyArn: '" + KMS + "key/a'",
            "kmsKeyArn: alias/a",
            "must be the ARN of a KMS key, such as arn:aws:kms:"));
    rules.add(
        field(
            "alias of a key",
            "kmsKeyArn: ''",
            "kmsKeyArn: '" + KMS + "alias/a'",
            "an alias, which Lambda does not accept: write the ARN of its key"));
    rules.add(
        field(
            "dead-letter target",
            "deadLetterConfig: {targetArn: 'arn:aws:sns:eu-west-1:123456789012:dead'}",
            "deadLetterConfig: {targetArn: 'https://sqs.eu-west-1.amazonaws.com/dead'}",
            "targetArn must be the ARN of an SQS queue or SNS topic"));
  }

  private static void layers(List<SchemaRule> rules) {
    rules.add(
        field(
            "form of layers",
            "layers: ['" + LAYER + "a:1', 'arn:aws:lambda:::awslayer:AmazonLinux1703']",
            "layers: [deps]",
            "layers must be ARNs of layer versions"));
    rules.add(
        field(
            "version of layers",
            "layers: []",
            "layers: ['" + LAYER + "a']",
            "must name the version of each layer: append it to the ARN"));
    rules.add(
        field(
            "one version of a layer",
            "layers: ['" + LAYER + "a:1', '" + LAYER + "aa:1', '" + LAYER + "b:1']",
            "layers: ['" + LAYER + "a:1', '" + LAYER + "b:1', '" + LAYER + "a:12']",
            "only one version of a layer: remove all but one"));
    rules.add(
        field(
            "number of layers",
            "layers: ['" + String.join("', '", versions(5)) + "']",
            "layers: ['" + String.join("', '", versions(6)) + "']",
            "must have at most 5 items"));
    rules.add(
        field(
            "Region of layers",
            "region: eu-west-1\nlayers: ['" + LAYER + "a:1']",
            "region: us-east-1\nlayers: ['" + LAYER + "a:1']",
            "use layer versions of the Region in region"));
  }

  private static List<String> versions(int count) {
    List<String> versions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      versions.add(LAYER + "a" + i + ":1");
    }
    return versions;
  }

  private static void environment(List<SchemaRule> rules) {
    rules.add(
        field(
            "reserved names",
            "environment: {variables: {TZ: UTC, PATH: /bin, AWS_REGION_NAME: x}}",
            "environment: {variables: {AWS_REGION: x}}",
            "is reserved by Lambda (AWS_REGION, "));
    rules.add(
        field(
            "first letter of a name",
            "environment: {variables: {}}",
            "environment: {variables: {_A: x}}",
            "a letter, then at least one letter, digit or underscore"));
    rules.add(
        field(
            "length of a name",
            "environment: {variables: {AB: ''}}",
            "environment: {variables: {A: x}}",
            "a letter, then at least one letter, digit or underscore"));
    rules.add(
        field(
            "characters of a name",
            "environment: {}",
            "environment: {variables: {LOG-LEVEL: x}}",
            "a letter, then at least one letter, digit or underscore"));
    rules.add(
        field(
            "type of a value",
            "environment: {variables: {AB: '5'}}",
            "environment: {variables: {AB: 5}}",
            "expected string"));
  }
}
