package dev.lambdaconfig.cli.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.cli.CommandResult;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The intrinsic functions of a template, whose values are known where their arguments are. */
final class SamFunctionsTest {

  /** With the line of the description, 20, in messages. */
  private static final String TEMPLATE =
      """
      Transform: [AWS::LanguageExtensions, AWS::Serverless-2016-10-31]
      Parameters:
        Stage: {Type: String, Default: prod}
        Subnets: {Type: CommaDelimitedList, Default: "subnet-1, subnet-2"}
        Line: {Type: String, Default: "a|b||c"}
        Open: {Type: String}
      Mappings:
        Sizes:
          prod: {Memory: 1024, Text: large, Layers: [x, y]}
          dev: {Memory: 128}
        Regions: {eu-west-1: {Stage: prod}}
        Included: {Fn::Transform: {Name: AWS::Include}}
      Conditions:
        IsLarge: !Equals [!FindInMap [Sizes, !Ref Stage, Text], large]
      Resources:
        A:
          Type: AWS::Lambda::Function
          Properties:
            FunctionName: a
            Description: %s
      """;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "!FindInMap [Sizes, !Ref Stage, Text]; large",
        "{'Fn::FindInMap': [Sizes, {Ref: Stage}, Text]}; large",
        "!FindInMap [Sizes, !FindInMap [Regions, !Ref 'AWS::Region', Stage], Text]; large",
        "!FindInMap [Sizes, test, Text, {DefaultValue: none}]; none",
        "!FindInMap [Nowhere, test, Text, {DefaultValue: !Sub 's-${Stage}'}]; s-prod",
        "!FindInMap [Sizes, prod, Text, {DefaultValue: !Ref Open}]; large",
        "!Select [1, !Ref Subnets]; subnet-2",
        "!Select ['0', [a, !GetAtt X.Arn]]; a",
        "!Select [!Length [a], {'Fn::Split': ['|', !Ref Line]}]; b",
        "!Select [3, !Split ['|', !Ref Line]]; c",
        "!Select [1, !FindInMap [Sizes, prod, Layers]]; y",
        "!Join ['-', !Split ['|', !Ref Line]]; a-b--c",
        "!Sub ['${x}/${Stage}', {x: !Select [0, !Split ['|', !Ref Line]]}]; a/prod",
        "!Sub ['${!x} ${x}', {x: !Join ['', [b, c]]}]; ${x} bc",
        "!If [IsLarge, !Select [0, !Ref Subnets], none]; subnet-1",
      })
  void aFunctionOfKnownValuesIsKnown(String function, String value) throws IOException {
    CommandResult result = export(TEMPLATE.formatted(function));

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out().replace("\"", "")).contains("description: " + value + "\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "!FindInMap [Sizes, test, Text]; !FindInMap (Mappings/Sizes has no test) is not known",
        "!FindInMap [Sizes, dev, Text]; !FindInMap (Mappings/Sizes/dev has no Text) is not known",
        "!FindInMap [Size, dev, Text]; !FindInMap (Mappings has no Size) is not known",
        "!FindInMap [Sizes, !Ref Open, Text, {DefaultValue: x}]; !Ref Open is not known: give"
            + " --parameter Open=VALUE",
        "!FindInMap [Included, a, b, {DefaultValue: x}]; !FindInMap (Mappings/Included has no a)"
            + " is not known",
        "!FindInMap [Sizes, test, Text, {DefaultValue: !Ref Open}]; !Ref Open is not known: give"
            + " --parameter Open=VALUE",
        "!FindInMap [Sizes, test]; !FindInMap of anything but a map and two keys is not known",
        "!Select [2, !Ref Subnets]; !Select of index 2 in a list of 2 is not known",
        "!Select [-1, [a]]; !Select of index -1 in a list of 1 is not known",
        "!Select [0, [!Ref AWS::NoValue, a]]; !Select of index 0 in a list of 2 is not known",
        "!Select [1, [a, !GetAtt X.Arn]]; !GetAtt is not known",
        "!Select [x, [a]]; !Select of anything but an index and a list is not known",
        "!Select [0, !Ref Stage]; !Select of anything but an index and a list is not known",
        "!Select [99999999999, [a]]; !Select of anything but an index and a list is not known",
        "!Split ['', !Ref Line]; !Split of anything but a separator and a text is not known",
        "!Join ['-', !Split ['|', !Ref Open]]; !Ref Open is not known: give --parameter Open=VALUE",
        "!Length x; !Length of anything but a list is not known",
        "!GetAZs ''; !GetAZs is not known",
      })
  void aFunctionThatIsNotKnownSaysWhy(String function, String reason) throws IOException {
    CommandResult result = export(TEMPLATE.formatted(function));

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out()).doesNotContain("description:");
    assertThat(result.err()).contains("A: the value on line 20 is not declared: " + reason + "\n");
  }

  @Test
  void textsThatGrowByPowersAreRefused() throws IOException {
    StringBuilder bomb = new StringBuilder("!Sub ['${x}', {x: xxxxxxxxxx}]");
    for (int i = 0; i < 9; i++) {
      bomb.insert(0, "!Sub ['" + "${x}".repeat(10) + "', {x: ").append("}]");
    }

    CommandResult result = export(TEMPLATE.formatted(bomb));

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .contains("the functions and loops of the template make more than 5000000 characters");
  }

  private CommandResult export(String template, String... options) throws IOException {
    return TemplateExport.of(folder, template, options);
  }
}
