package dev.lambdaconfig.cli.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.cli.CommandResult;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command {@code export --from-sam}: the settings of a function, with those of Globals. */
final class SamSettingsTest {

  private static final String GLOBALS =
      """
      Parameters:
        Subnets: {Type: CommaDelimitedList, Default: "subnet-8,subnet-9"}
        Password: {Type: String, Default: canary-4711, NoEcho: yes}
        Stored: {Type: "AWS::SSM::Parameter::Value<String>", Default: canary-4711}
        Dynamic: {Type: String, Default: "{{resolve:ssm:canary-4711}}"}
      Globals:
        Function:
          Timeout: 10
          Layers: ["arn:aws:lambda:eu-west-1:123456789012:layer:common:1"]
          VpcConfig: {SubnetIds: [subnet-1], SecurityGroupIds: [sg-1]}
          Environment: {Variables: {AA: common, BB: common}}
      """;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FileSystemConfigs: [{Arn: !GetAtt E.Arn, LocalMountPath: /mnt/x}]",
        "Layers: [[[!GetAtt L.Arn]]]",
        "Environment: {Variables: {CC: !Sub [\"${a}\", {a: {b: !GetAtt E.Arn}}]}}",
        "Environment: {Variables: {CC: !Join [\"-\", [a, {b: [!GetAtt E.Arn]}]]}}",
        "Environment: {Variables: {CC: {b: !GetAtt E.Arn}}}",
        "Environment: {Variables: {CC: !Sub \"${Subnets}\", DD: [list]}}",
        "Environment: {Variables: {CC: !Ref Password, DD: !Ref Stored, EE: !Ref Dynamic}}",
        "Environment: {Variables: {CC: !Join [\"\", [\"{{res\", \"olve:ssm:canary-4711}}\"]]}}",
        "Description: !Ref Dynamic",
        "Description: !If [Missing, !GetAtt E.Arn]",
      })
  void aValueThatIsNotKnownIsWrittenAtNoDepth(String properties) throws IOException {
    String written = function(properties);

    assertThat(written).contains("functionName: fn", "# ");
    assertThat(written.substring(written.indexOf("spec:")))
        .doesNotContain("(unknown)", "{", "canary", "[", "CC", "DD", "/mnt/x");
  }

  @Test
  void variablesThatAreNotKnownAreNamedAndTheirValuesNot() throws IOException {
    String written =
        function(
            "Environment: {Variables: {CC: !Ref Password, DD: !Ref Stored, \"E-E\": !Ref"
                + " Dynamic}}");

    assertThat(written)
        .contains(
            "# environment variables are not declared, for their values are not known: CC,"
                + " DD\n")
        .doesNotContain("canary", "E-E");
  }

  @Test
  void aFunctionReplacesWhatGlobalsHave() throws IOException {
    String written =
        function(
            "Timeout: !Ref AWS::NoValue, Layers: !Ref AWS::NoValue, VpcConfig: {SubnetIds: !Ref"
                + " Subnets}, Environment: {Variables: {AA: !Ref AWS::NoValue, CC: own}}");

    assertThat(written)
        .contains(
            """
              vpcConfig:
                subnetIds:
                - subnet-8
                - subnet-9
                securityGroupIds:
                - sg-1
              environment:
                variables:
                  BB: common
                  CC: own
            """)
        .doesNotContain("timeout", "layers", "policy", "#");
  }

  @Test
  void listsAreJoinedAndWhatAResourceIgnoresIsNotMerged() throws IOException {
    String layer = "arn:aws:lambda:eu-west-1:123456789012:layer:";

    assertThat(function("Layers: [\"" + layer + "own:1\"]"))
        .contains("  layers:\n  - " + layer + "common:1\n  - " + layer + "own:1\n", "timeout: 10");
    assertThat(export(GLOBALS + resource("IgnoreGlobals: [Layers], ", "MemorySize: 256")))
        .contains("timeout: 10")
        .doesNotContain("layers");
    assertThat(export(GLOBALS + resource("IgnoreGlobals: \"*\", ", "MemorySize: 256")))
        .doesNotContain("timeout", "layers");
  }

  @Test
  void mergeKeysAreResolvedAndOwnMembersWin() throws IOException {
    String written =
        export(
            """
            Base: &base {Runtime: python3.13, MemorySize: 1024, Timeout: 60}
            More: &more {<<: *base, MemorySize: 512, Handler: a.b}
            Type: &type {Type: AWS::Lambda::Function}
            Resources:
              A:
                <<: *type
                Properties:
                  <<: [*more, *base]
                  FunctionName: merged
                  Timeout: 5
            """);

    assertThat(written)
        .endsWith(
            """
            spec:
              functionName: merged
              region: eu-west-1
              handler: a.b
              runtime: python3.13
              timeout: 5
              memorySize: 512
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Timeout: 5, Timeout: 6", "<<: [text]", "VpcConfig: &a {SubnetIds: [*a]}"})
  void aTreeThatHasTwoMeaningsIsRefusedWithItsLine(String properties) throws IOException {
    assertThat(result(GLOBALS + resource("", properties)))
        .satisfies(
            result -> {
              assertThat(result.exitCode()).isEqualTo(1);
              assertThat(result.out()).isEmpty();
              assertThat(result.err()).contains("line 13");
            });
  }

  @Test
  void aTextThatAnotherYamlReadsInAnotherWayIsNotWritten() throws IOException {
    String written = function("Environment: {Variables: {CC: yes, DD: 010, EE: \"no\"}}");

    assertThat(written)
        .contains("    variables:\n      AA: common\n      BB: common\n      EE: \"no\"\n")
        .contains("policy: Merge")
        .doesNotContain("CC:", "DD:");
  }

  private String function(String properties) throws IOException {
    return export(GLOBALS + resource("", properties));
  }

  private static String resource(String attributes, String properties) {
    return """
    Resources:
      A: {Type: AWS::Serverless::Function, %sProperties: {FunctionName: fn, %s}}
    """
        .formatted(attributes, properties);
  }

  private String export(String template) throws IOException {
    CommandResult result = result(template);
    assertThat(result.exitCode()).as(result.err()).isZero();
    return result.out();
  }

  private CommandResult result(String template) throws IOException {
    return TemplateExport.of(folder, template, "--clear-env");
  }
}
