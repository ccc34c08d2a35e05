package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.simulator.FunctionSeed;
import dev.lambdaconfig.simulator.LambdaSimulator;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Functions that a list names ({@code export --from-file}), and what is asked of AWS for them. */
final class ExportListIT {

  private static final String FUNCTION = "arn:aws:lambda:eu-west-1:123456789012:function:";

  private final LambdaSimulator aws = LambdaSimulator.start();
  private final ExportRunner export = ExportRunner.of(aws.endpoint());

  @AfterEach
  void stop() {
    aws.close();
  }

  @Test
  void namesFromTheStandardInputNeedNoList() {
    // Given
    aws.createFunction(FunctionSeed.zip("orders"));
    aws.createFunction(FunctionSeed.zip("mail"));
    aws.faults().on("ListFunctions").always().thenAnswer(403, "AccessDeniedException", "no");

    // When
    ExportRunner.Result result =
        export
            .reading(String.join("\r\n", "\ufefforders # comment", "", "# all", FUNCTION + "mail"))
            .run("--from-file", "-");

    // Then
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(names(result.out())).containsExactly("mail", "orders");
    assertThat(result.out()).contains("functionName: " + FUNCTION + "mail\n");
    assertThat(aws.requests().count("GetFunctionConfiguration")).isEqualTo(2);
  }

  @Test
  void namesOfOneFunctionInTwoRegionsHaveTheRegion() {
    // Given
    aws.createFunction(FunctionSeed.zip("orders"));
    aws.createFunction(FunctionSeed.zip("mail"));
    aws.region("us-east-1").createFunction(FunctionSeed.zip("orders"));

    // When
    ExportRunner.Result result =
        export
            .reading(
                FUNCTION + "orders\n" + FUNCTION.replace("eu-west-1", "us-east-1") + "orders\nmail")
            .run("--from-file", "-");

    // Then
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(names(result.out()))
        .containsExactly("mail.eu-west-1", "orders.eu-west-1", "orders.us-east-1");
  }

  @Test
  void aFunctionThatIsNamedInTwoWaysIsWrittenOnce() {
    // Given
    aws.createFunction(FunctionSeed.zip("orders"));

    // When
    ExportRunner.Result result =
        export.reading("orders\n" + FUNCTION + "orders\n").run("--from-file", "-");

    // Then
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(names(result.out())).containsExactly("orders");
  }

  @Test
  void tagsSelectAmongNamedFunctionsToo() {
    // Given
    aws.createFunction(FunctionSeed.zip("orders").with("Tags", Map.of("team", "a")));
    aws.createFunction(FunctionSeed.zip("mail").with("Tags", Map.of("team", "b")));
    aws.createFunction(FunctionSeed.zip("unnamed").with("Tags", Map.of("team", "a")));

    // When
    ExportRunner.Result result =
        export.reading("orders\n" + FUNCTION + "mail\ngone\n").run("--from-file=-", "--tag=team=a");

    // Then
    assertThat(names(result.out())).containsExactly("orders");
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains("error: eu-west-1/gone does not exist\n");
    assertThat(aws.requests().count("ListFunctions")).isZero();
    assertThat(aws.requests().count("GetFunctionConfiguration")).isEqualTo(3);
    assertThat(aws.requests().count("ListTags")).isEqualTo(2);
  }

  @Test
  void aNamedFunctionThatDoesNotExistCostsNoOther() {
    // Given
    aws.createFunction(FunctionSeed.zip("orders"));

    // When
    ExportRunner.Result result = export.reading("gone\norders\n").run("--from-file=-");

    // Then
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(names(result.out())).containsExactly("orders");
    assertThat(result.err()).contains("error: eu-west-1/gone does not exist\n");
  }

  private static List<String> names(String yaml) {
    return Pattern.compile("(?m)^  name: (\\S+)$")
        .matcher(yaml)
        .results()
        .map((MatchResult match) -> match.group(1))
        .toList();
  }
}
