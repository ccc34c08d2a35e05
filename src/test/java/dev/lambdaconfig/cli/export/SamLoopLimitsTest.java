package dev.lambdaconfig.cli.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.cli.CommandResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Loops of a template end where CloudFormation would refuse the result, whatever they repeat. */
final class SamLoopLimitsTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "'F${N}'; 501; the loops make more than 500 resources, which CloudFormation refuses",
        "F; 2; a loop makes the key F twice: each turn needs one of its own",
      })
  void loopsWhoseResultCloudFormationRefusesAreRefused(String key, int items, String problem)
      throws IOException {
    CommandResult result =
        export(
            """
            Transform: AWS::LanguageExtensions
            Resources:
              "Fn::ForEach::Loop":
              - N
              - [%s]
              - %s: {Type: AWS::SNS::Topic}
            """
                .formatted(numbers(items), key));

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains("line 6: " + problem + "\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{'A${N1}-${N2}-${N3}-${N4}-${N5}': x}"})
  void loopsThatGrowByPowersAreRefused(String body) throws IOException {
    StringBuilder bomb = new StringBuilder(body);
    for (int i = 5; i > 0; i--) {
      bomb.insert(0, "{'Fn::ForEach::L%d': [N%d, [%s], ".formatted(i, i, numbers(200)))
          .append("]}");
    }

    CommandResult result =
        export(
            """
            Transform: AWS::LanguageExtensions
            Resources:
              K: {Type: AWS::Lambda::Function, Properties: {FunctionName: k, Description: %s}}
            """
                .formatted(bomb));

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .containsPattern("loops of the template make more than (200000 values|5000000 characters)");
  }

  @Test
  void aLoopThatRepeatsALongTextIsRefused() throws IOException {
    CommandResult result =
        export(
            """
            Transform: AWS::LanguageExtensions
            Resources:
              "Fn::ForEach::Loop":
              - N
              - [%s]
              - "F${N}": {Type: AWS::SNS::Topic, Properties: {A: "%s"}}
            """
                .formatted("x".repeat(100_000), "${N}".repeat(100_000)));

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .contains("the functions and loops of the template make more than 5000000 characters");
  }

  private static String numbers(int count) {
    return IntStream.range(0, count).mapToObj(i -> "n" + i).collect(Collectors.joining(", "));
  }

  private CommandResult export(String template, String... options) throws IOException {
    return TemplateExport.of(folder, template, options);
  }
}
