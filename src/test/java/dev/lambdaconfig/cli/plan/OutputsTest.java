package dev.lambdaconfig.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.lambdaconfig.cli.plan.report.PlanReport;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Outputs of a plan of which some cannot be written. */
final class OutputsTest {

  private static final PlanReport EMPTY = new PlanReport(List.of(), new TreeMap<>());

  @TempDir private Path folder = Path.of("");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private List<String> write(Map<String, String> environment, String... targets) {
    PrintStream printed = new PrintStream(out, true, StandardCharsets.UTF_8);
    StandardStreams streams =
        new StandardStreams(InputStream.nullInputStream(), printed, StandardStreams.nowhere());
    return new Outputs(environment, streams, false)
        .write(EMPTY, Stream.of(targets).map(OutputTarget::parse).toList(), false);
  }

  /** Functions are read only once for all outputs. */
  @Test
  void theOthersAreWrittenAllTheSame() {
    // Given
    Path missing = folder.resolve("none/plan\u001b.json");
    Path written = folder.resolve("plan.md");

    // When
    List<String> problems = write(Map.of(), "json=" + missing, "markdown=" + written, "text");

    // Then
    assertThat(problems)
        .containsExactly(
            "-o json: "
                + missing.toString().replace("\u001b", "\\u001b")
                + " cannot be written: its directory does not exist");
    assertThat(written).isNotEmptyFile();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("0 to update");
  }

  @Test
  void twoOutputsNeedTwoFiles() {
    List<OutputTarget> targets =
        Stream.of("json=" + folder.resolve("a"), "junit=" + folder.resolve("b/../a"))
            .map(OutputTarget::parse)
            .toList();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> OutputTarget.requireDifferentPlaces(targets))
        .withMessage(
            "-o json and -o junit name the same file, %s: write another one for each",
            folder.resolve("b/../a"));
  }

  /** A program that reads JSON would find a text behind it. */
  @ParameterizedTest
  @ValueSource(strings = {"text", "json", "text=/dev/stdout"})
  void standardOutputTakesOneOutput(String second) {
    List<OutputTarget> targets = Stream.of("json", second).map(OutputTarget::parse).toList();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> OutputTarget.requireDifferentPlaces(targets))
        .withMessage(
            "-o json and -o %1$s are both printed on standard output: write one to a file, such as"
                + " -o %1$s=FILE",
            second.replaceFirst("=.*", ""));
  }

  @Test
  void otherDevicesTakeAll() {
    assertThatCode(
            () ->
                OutputTarget.requireDifferentPlaces(
                    Stream.of("text", "json=/dev/null", "junit=/dev/null")
                        .map(OutputTarget::parse)
                        .toList()))
        .doesNotThrowAnyException();
  }

  @Test
  void aSummaryThatCannotBeWrittenIsNamedByItsVariable() {
    assertThat(write(Map.of("GITHUB_STEP_SUMMARY", folder.toString()), "github"))
        .singleElement()
        .asString()
        .isEqualTo("GITHUB_STEP_SUMMARY: " + folder + " cannot be written: Is a directory");
  }
}
