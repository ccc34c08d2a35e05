package dev.lambdaconfig.cli.export.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lambdaconfig.cli.export.manifest.EnvironmentValues;
import dev.lambdaconfig.cli.export.manifest.FieldSelection;
import dev.lambdaconfig.cli.export.template.value.TemplateParameters;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The functions of a template of SAM or CloudFormation. */
final class SamTemplateTest {

  private static final String TEMPLATE =
      """
      Parameters:
        Stage: {Type: String, Default: prod}
        Memory: {Type: Number, Default: 512}
        Subnets: {Type: CommaDelimitedList, Default: "subnet-1, subnet-2"}
        Secret: {Type: String, Default: canary-4711, NoEcho: true}
      Globals:
        Function:
          Runtime: python3.13
          Timeout: 10
          Tracing: Active
          Environment: {Variables: {STAGE: !Ref Stage}}
          VpcConfig: {SecurityGroupIds: [sg-1]}
      Resources:
        Orders:
          Type: AWS::Serverless::Function
          Properties:
            FunctionName: !Sub "orders-${Stage}"
            Handler: app.handler
            Timeout: "30"
            MemorySize: !Ref Memory
            Role: !GetAtt Role.Arn
            Environment:
              Variables:
                QUEUE: !Ref Queue
                LOG: info
            VpcConfig: {SubnetIds: !Ref Subnets, SecurityGroupIds: [sg-2]}
            DeadLetterQueue: {Type: SQS, TargetArn: {"Fn::Join": [":", [arn, aws, sqs, !Ref "AWS::Region", "123456789012", x]]}}
            Layers: [!Ref Layer, "arn:aws:lambda:eu-west-1:123456789012:layer:a:1"]
        Plain:
          Type: AWS::Lambda::Function
          Properties: {FunctionName: plain, Description: !Ref Secret, KmsKeyArn: "arn:aws:kms:eu-west-1:123456789012:key/a"}
        Generated:
          Type: AWS::Lambda::Function
          Properties: {Handler: app.handler}
        Bucket: {Type: AWS::S3::Bucket}
      """;

  @TempDir private Path folder;

  @Test
  void whatIsKnownIsDeclaredAndTheRestReportedByLine() throws Exception {
    Received received = read(EnvironmentValues.IN_CLEAR, TEMPLATE, Map.of());

    assertThat(received.manifest("orders-prod"))
        .isEqualTo(
            """
            # the value on line 21 is not declared: !GetAtt is not known
            # the value on line 24 is not declared: !Ref Queue is not known
            # the value on line 28 is not declared: !Ref Layer is not known
            # an environment variable is not declared, for its value is not known: QUEUE
            apiVersion: lambdaconfig.dev/v1alpha1
            kind: LambdaFunctionConfig
            metadata:
              name: orders-prod
            spec:
              functionName: orders-prod
              region: eu-west-1
              handler: app.handler
              runtime: python3.13
              timeout: 30
              memorySize: 512
              vpcConfig:
                subnetIds:
                - subnet-1
                - subnet-2
                securityGroupIds:
                - sg-1
                - sg-2
              environment:
                variables:
                  LOG: info
                  STAGE: prod
                policy: Merge
              deadLetterConfig:
                targetArn: arn:aws:sqs:eu-west-1:123456789012:x
              tracingConfig:
                mode: Active
            """);
    assertThat(received.manifest("plain"))
        .contains("kmsKeyArn: arn:aws:kms:eu-west-1:123456789012:key/a")
        .doesNotContain("canary", "runtime", "description:");
    assertThat(received.failed)
        .singleElement()
        .asString()
        .endsWith(
            "template.yaml:32: Generated has no FunctionName, so that only its stack knows it: add"
                + " one");
    assertThat(received.leftOut)
        .hasSize(5)
        .anyMatch(
            line ->
                line.endsWith(
                    "Orders: the value on line 21 is not declared: !GetAtt is not known"));
  }

  @Test
  void aGivenParameterReplacesItsDefault() throws Exception {
    Received received =
        read(EnvironmentValues.LEFT_OUT, TEMPLATE, Map.of("Stage", "test", "Memory", "1024"));

    assertThat(received.manifest("orders-test")).contains("memorySize: 1024");
  }

  @Test
  void aTemplateThatCannotBeReadIsRefusedWithItsLine() {
    assertThatThrownBy(() -> read(EnvironmentValues.LEFT_OUT, "a: b\nc: [\n", Map.of()))
        .hasMessageContaining("template.yaml:3 is no YAML");
    assertThatThrownBy(() -> read(EnvironmentValues.LEFT_OUT, "", Map.of()))
        .hasMessageContaining("is empty");
    assertThatThrownBy(
            () -> read(EnvironmentValues.LEFT_OUT, "a: " + "[".repeat(200_000), Map.of()))
        .isInstanceOf(dev.lambdaconfig.cli.export.source.ExportException.class);
  }

  @Test
  void aliasesThatRepeatMillionsOfValuesAreRefused() {
    StringBuilder bomb = new StringBuilder("Parameters:\n  a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
      bomb.append("  a%d: &a%d [".formatted(i, i))
          .append("*a%d, ".formatted(i - 1).repeat(9))
          .append("x]\n");
    }

    assertThatThrownBy(() -> read(EnvironmentValues.LEFT_OUT, bomb.toString(), Map.of()))
        .isInstanceOf(dev.lambdaconfig.cli.export.source.ExportException.class);
  }

  private Received read(EnvironmentValues values, String text, Map<String, String> given)
      throws Exception {
    Path file = folder.resolve("template.yaml");
    Files.writeString(file, text);
    return Received.of(
        new SamTemplate(
            new TemplateFile(file, InputStream.nullInputStream(), "--from-sam"),
            FieldSelection.BEYOND_DEFAULTS,
            new TemplateParameters(
                given,
                new TemplateParameters.StackRegion("eu-west-1", "aws", "amazonaws.com"),
                "123456789012")),
        values);
  }
}
