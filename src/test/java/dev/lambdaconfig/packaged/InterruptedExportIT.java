package dev.lambdaconfig.packaged;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.cluster.ChildProcess;
import dev.lambdaconfig.simulator.FunctionSeed;
import dev.lambdaconfig.simulator.LambdaSimulator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An export that does not come to its end, and the one that goes on. */
final class InterruptedExportIT {

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int FUNCTIONS = 40;

  /** More than a file may have under {@code ulimit -f 4}. */
  private static final int LARGE = 4000;

  private final LambdaSimulator aws = LambdaSimulator.start();

  @TempDir private Path folder = Path.of("");
  private ExportJar export;

  @BeforeEach
  void prepare() {
    export = new ExportJar(folder.resolve("home"), folder.resolve("functions"), aws.endpoint());
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  /** Exit codes as a shell expects them: 128 and the number of the signal. */
  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void aSignalLeavesWholeFilesWithWhichTheNextExportGoesOn(String signal, int exitCode)
      throws Exception {
    // Given
    String[] arguments = {
      "--from-file=" + names(),
      "--env-secrets",
      "--kustomization",
      "--aws-max-requests-per-second=4",
      "--resume"
    };

    // When
    int written;
    try (ChildProcess process = export.start(arguments)) {
      Awaitility.await("the first files")
          .atMost(PATIENCE)
          .until(() -> export.count() >= 3 || !process.isAlive());
      process.signal(signal);
      assertThat(process.exitsWithin(PATIENCE)).isTrue();

      // Then
      assertThat(process.exitCode()).as(process.tail()).isEqualTo(exitCode);
      written = export.count();
      assertThat(process.tail()).contains("Interrupted: " + written + " manifest", "--resume");
    }
    assertThat(written).isBetween(3, FUNCTIONS - 1);
    Map<String, String> left = export.files();
    assertThat(left.keySet()).noneMatch(file -> file.endsWith(".part"));
    assertThat(left).hasSize(2 * written);

    // When
    try (ChildProcess process = export.start(arguments)) {
      assertThat(process.exitsWithin(PATIENCE)).isTrue();
      assertThat(process.exitCode()).as(process.tail()).isZero();
    }

    // Then
    assertThat(export.files()).containsAllEntriesOf(left).hasSize(2 * FUNCTIONS + 1);
    assertThat(requireNonNull(export.files().get("kustomization.yaml")).lines())
        .hasSize(2 * FUNCTIONS + 3);
    assertThat(aws.requests().count("GetFunctionConfiguration"))
        .as("reads: each function once, and that which was under way")
        .isBetween((long) FUNCTIONS, FUNCTIONS + 1L);
  }

  /** The limit of a file's size stands for a disk that is full: a write ends in the middle. */
  @Test
  void aFileThatDoesNotFitIsNamedAndNotBegun() throws Exception {
    // Given
    for (String name : List.of("a-small", "b-large", "c-small")) {
      aws.createFunction(
          FunctionSeed.zip(name)
              .with(
                  "Environment",
                  Map.of(
                      "Variables",
                      Map.of("TEXT", "x".repeat(name.equals("b-large") ? LARGE : 1)))));
    }

    // When
    try (ChildProcess process = export.start("ulimit -f 4", List.of(), "--clear-env")) {
      assertThat(process.exitsWithin(PATIENCE)).isTrue();

      // Then
      assertThat(process.exitCode()).as(process.tail()).isEqualTo(1);
      assertThat(process.tail())
          .contains(
              "error: " + folder.resolve("functions/b-large.yaml") + " cannot be written: ",
              "Incomplete: 1 manifest written",
              "--resume")
          .doesNotContain("xxx", "Exception");
    }
    assertThat(export.files().keySet()).containsExactly("a-small.yaml");

    // When
    try (ChildProcess process = export.start("--clear-env", "--resume")) {
      assertThat(process.exitsWithin(PATIENCE)).isTrue();
      assertThat(process.exitCode()).as(process.tail()).isZero();
    }

    // Then
    assertThat(export.files().keySet())
        .containsExactly("a-small.yaml", "b-large.yaml", "c-small.yaml");
  }

  /** A list of the functions, each with a variable of its environment. */
  private Path names() throws Exception {
    List<String> names =
        IntStream.range(0, FUNCTIONS).mapToObj(i -> "fn-" + i).collect(Collectors.toList());
    names.forEach(
        name ->
            aws.createFunction(
                FunctionSeed.zip(name)
                    .with("Environment", Map.of("Variables", Map.of("NAME", name)))));
    return Files.write(folder.resolve("names.txt"), names);
  }
}
