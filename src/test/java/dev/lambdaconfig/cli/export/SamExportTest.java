package dev.lambdaconfig.cli.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.cli.CommandResult;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command {@code export --from-sam}: each function is written, or named with the reason. */
final class SamExportTest {

  private static final String CONDITIONS =
      """
      Parameters:
        Stage: {Type: String, Default: dev}
        Size: {Type: String}
      Conditions:
        IsProd: !Equals [!Ref Stage, prod]
        NotProd: {"Fn::Not": [{Condition: IsProd}]}
        IsLarge: !Equals [!Ref Size, large]
        Never: !And [!Condition IsProd, !Condition IsLarge]
        Always: !Or [!Condition IsLarge, !Condition NotProd]
      Resources:
        Large: {Type: AWS::Lambda::Function, Condition: IsProd, Properties: {FunctionName: same, MemorySize: 2048}}
        Small: {Type: AWS::Lambda::Function, Condition: NotProd, Properties: {FunctionName: same, MemorySize: 256}}
        Open: {Type: AWS::Lambda::Function, Condition: IsLarge, Properties: {FunctionName: open}}
        Gone: {Type: AWS::Lambda::Function, Condition: Never, Properties: {FunctionName: gone}}
        Here: {Type: AWS::Lambda::Function, Condition: Always,
               Properties: {FunctionName: here, Timeout: !If [IsProd, 60, 5], MemorySize: !If [IsLarge, 512, 1024],
                            Layers: !If [IsProd, [a], !Ref AWS::NoValue]}}
      """;

  @TempDir private Path folder;

  @Test
  void aConditionDecidesWhetherAFunctionIsThere() throws IOException {
    CommandResult result = export(CONDITIONS);

    assertThat(TemplateExport.names(result.out())).containsExactly("here", "same");
    assertThat(result.out())
        .contains("memorySize: 256", "timeout: 5")
        .doesNotContain("2048", "512", "1024", "layers");
    assertThat(result.err())
        .contains(":11: Large is skipped: its condition IsProd does not hold\n")
        .contains(":14: Gone is skipped: its condition Never does not hold\n")
        .contains(
            ":13: Open is left out: whether its condition IsLarge holds is not known: !Ref Size is"
                + " not known: give --parameter Size=VALUE\n")
        .contains(
            "Here: the value on line 16 is not declared: !Ref Size is not known: give --parameter"
                + " Size=VALUE\n")
        .contains("Incomplete: 2 manifests written, 0 unchanged, 0 kept, 2 skipped; 1 error\n");
    assertThat(result.exitCode()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "eu-west-1, arn:aws:, amazonaws.com",
    "eusc-de-east-1, arn:aws-eusc:, amazonaws.eu",
    "us-iso-east-1, arn:aws-iso:, c2s.ic.gov"
  })
  void aRegionHasItsPartitionAndItsSuffix(String region, String arn, String suffix)
      throws IOException {
    CommandResult result =
        export(
            """
            Resources:
              Orders:
                Type: AWS::Lambda::Function
                Properties:
                  FunctionName: orders
                  Role: !Sub arn:${AWS::Partition}:iam::123456789012:role/orders
                  Description: !Sub sqs.${AWS::Region}.${AWS::URLSuffix}
            """,
            "--region",
            region);

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out())
        .contains(arn + "iam::123456789012:role/orders", "sqs." + region + "." + suffix);
  }

  @Test
  void parametersDecideConditions() throws IOException {
    CommandResult result =
        export(CONDITIONS, "--parameter", "Stage=prod", "--parameter", "Size=large");

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(TemplateExport.names(result.out())).containsExactly("gone", "here", "open", "same");
    assertThat(result.out()).contains("memorySize: 2048", "timeout: 60", "memorySize: 512");
  }

  @ParameterizedTest
  @CsvSource({"IsProd: !Condition IsProd, depends on itself", "Other: x, IsProd is not declared"})
  void aConditionWithoutAnAnswerRefusesTheTemplate(String condition, String problem)
      throws IOException {
    CommandResult result =
        export(
            """
            Conditions: {%s}
            Resources:
              A: {Type: AWS::Lambda::Function, Condition: IsProd, Properties: {FunctionName: a}}
            """
                .formatted(condition));

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains(problem);
  }

  @Test
  void aFunctionThatIsDeclaredTwiceIsAnErrorThatNamesBothPlaces() throws IOException {
    CommandResult result =
        export(
            """
            Resources:
              A: {Type: AWS::Lambda::Function, Properties: {FunctionName: same, Timeout: 5}}
              B: {Type: AWS::Lambda::Function, Properties: {FunctionName: same, Timeout: 6}}
            """);

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out()).contains("timeout: 5").doesNotContain("timeout: 6");
    assertThat(result.err())
        .containsPattern(
            "error: \\S+:3: B is left out: it declares the function eu-west-1/same, as \\S+:2: A"
                + " does\n");
  }

  @Test
  void whatATemplateHasNotItselfIsNamed() throws IOException {
    CommandResult result =
        export(
            """
            Resources:
              K: {Type: AWS::Lambda::Function, Properties: {FunctionName: k}}
              "Fn::Transform": {Name: AWS::Include, Parameters: {Location: s3://bucket/more.yaml}}
              Nested: {Type: AWS::Serverless::Application, Properties: {Location: ./nested.yaml}}
            """);

    assertThat(TemplateExport.names(result.out())).containsExactly("k");
    assertThat(result.exitCode()).isZero();
    assertThat(result.err())
        .contains(":3: Fn::Transform is not applied: functions that it adds are not exported\n")
        .contains(":4: Nested is a template of its own: export its functions from it\n");
  }

  @Test
  void aFunctionNameThatIsNotKnownSaysHowToMakeItKnown() throws IOException {
    String template =
        """
        Parameters: {Stage: {Type: String}}
        Resources:
          W: {Type: AWS::Lambda::Function, Properties: {FunctionName: !Sub "${AWS::StackName}-w"}}
          A: {Type: AWS::Lambda::Function, Properties: {FunctionName: !Join ["-", [a, !Ref AWS::AccountId]]}}
          S: {Type: AWS::Lambda::Function, Properties: {FunctionName: !Ref Stage}}
          B: {Type: AWS::Lambda::Function, Properties: {FunctionName: !Ref Bucket}}
        """;
    String known = " is left out: its FunctionName is not known: ";

    assertThat(export(template).err())
        .contains(
            ":3: W"
                + known
                + "!Sub ${AWS::StackName} is not known: give --parameter"
                + " AWS::StackName=VALUE\n",
            ":4: A" + known + "!Ref AWS::AccountId is not known: give --account\n",
            ":5: S" + known + "!Ref Stage is not known: give --parameter Stage=VALUE\n",
            ":6: B" + known + "!Ref Bucket is not known\n");
    assertThat(TemplateExport.names(export(template, "--parameter", "AWS::StackName=foo").out()))
        .containsExactly("foo-w");
  }

  @Test
  void parametersThatCloudFormationWouldRefuseAreReportedTogether() throws IOException {
    String template =
        """
        Parameters:
          Stage: {Type: String, Default: dev, AllowedValues: [dev, prod]}
          Memory: {Type: Number, Default: 512, MaxValue: 1024}
          Name: {Type: String, Default: ab, AllowedPattern: "[a-z]+", MinLength: 2}
        Resources:
          A: {Type: AWS::Lambda::Function, Properties: {FunctionName: a}}
        """;

    CommandResult result =
        export(
            template,
            "--parameter=stage=prod",
            "--parameter=AWS::Region=eu-west-1",
            "--parameter=Stage=canary",
            "--parameter=Memory=2048",
            "--parameter=Name=A1",
            "--parameter=Nothing=x");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .contains("--parameter stage: the template declares no such parameter: did you mean Stage?")
        .contains("--parameter AWS::Region: the template declares no such parameter: use --region")
        .contains("--parameter Nothing: the template declares no such parameter: it declares Mem")
        .contains("--parameter Stage: the value is not allowed: write one of dev, prod\n")
        .contains("--parameter Memory: the value must be at most 1024\n")
        .contains("--parameter Name: the value does not match its AllowedPattern, [a-z]+\n")
        .doesNotContain("canary", "2048");
  }

  @Test
  void aTemplateIsOfOneRegion() throws IOException {
    CommandResult result =
        export("Resources: {}", "--region", "eu-west-1", "--region", "us-east-1");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .contains(
            "--region: a template is deployed to one Region at a time: name one with --from-sam");
  }

  private CommandResult export(String template, String... options) throws IOException {
    return TemplateExport.of(folder, template, options);
  }
}
