package dev.lambdaconfig.packaged;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The benchmarks measure another operator beside this one: here the packaged one again, as a file
 * describes it. No figure is asserted.
 */
final class SideBySideIT {

  private static final Path SOURCES = Path.of("src/bench/java");
  private static final Path MAPPING = Path.of("src/bench/mappings/lambda-config-operator.yaml");
  private static final Path JAR =
      Path.of(requireNonNull(System.getProperty("operator.jar"))).toAbsolutePath();

  @TempDir private static Path classes = Path.of("");
  @TempDir private Path results = Path.of("");

  @BeforeAll
  static void compile() throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-nowarn",
                "-proc:none",
                "-d",
                classes.toString(),
                "-classpath",
                System.getProperty("java.class.path")));
    try (Stream<Path> files = Files.walk(SOURCES)) {
      files
          .map(Path::toString)
          .filter(file -> file.endsWith(".java"))
          .sorted()
          .forEach(arguments::add);
    }
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    int exitCode =
        ToolProvider.getSystemJavaCompiler()
            .run(null, errors, errors, arguments.toArray(String[]::new));
    assertThat(exitCode).as(errors.toString(StandardCharsets.UTF_8)).isZero();
  }

  /** Runs the benchmarks; returns what they print, and the exit code. */
  private String run(String... arguments) throws Exception {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()});
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
      Object exitCode =
          loader
              .loadClass("dev.lambdaconfig.bench.Benchmarks")
              .getMethod("run", PrintStream.class, String[].class)
              .invoke(null, out, arguments);
      return printed.toString(StandardCharsets.UTF_8) + "\nexit code " + exitCode;
    }
  }

  @Test
  void anotherOperatorIsMeasuredByItsMappingAndComparedInATable() throws Exception {
    // When
    String printed =
        run(
            "--jar=" + JAR,
            "--results=" + results,
            "--n=3",
            "--rates=0",
            "--sweep=1s",
            "--rest=1s",
            "--scenarios=adopt,change,drift",
            "--against=" + JAR.resolveSibling("lambda-config-operator"),
            "--mapping=" + MAPPING.toAbsolutePath());

    // Then
    assertThat(printed).endsWith("exit code 0").contains("## Side by side: 3 functions");
    JsonNode json = new ObjectMapper().readTree(file(".json").toFile());
    Set<String> measured = new TreeSet<>();
    json.path("fleet")
        .forEach(
            row -> {
              measured.add(row.path("operator").asText() + ": " + row.path("scenario").asText());
              assertThat(row.path("complete").asBoolean()).as(row.toString()).isTrue();
              if (row.path("scenario").asText().equals("change")) {
                assertThat(row.at("/awsCalls/UpdateFunctionConfiguration").asInt()).isEqualTo(3);
                assertThat(row.path("memory")).isNotEmpty();
              }
            });
    assertThat(measured)
        .hasSize(6)
        .anyMatch(row -> row.matches("lambda-config-operator, .*: change"))
        .anyMatch(row -> row.matches("this one, .*: change"));
    assertThat(Files.readString(file(".md")))
        .contains("| a change: time until all are settled and told | ")
        .contains("| AWS calls a change | ")
        .contains("| CPU a change, until all are told / with the Events that follow | ")
        .contains("| resident at the peak of it (anonymous) | ")
        .contains("| a drift is put right | ");
    assertThat(Files.readString(file("-memory.svg")))
        .contains("<polyline class=\"ours\"", "<polyline class=\"other\"", "this one, ");
  }

  @Test
  void anIncompleteMappingIsRefusedByWhatItLacks() throws Exception {
    // Given
    Path incomplete = results.resolve("incomplete.yaml");
    Files.writeString(
        incomplete, Files.readString(MAPPING).replace("condition: Ready", "status: \"True\""));

    // When
    String printed =
        run(
            "--jar=" + JAR,
            "--results=" + results,
            "--n=3",
            "--scenarios=adopt",
            "--against=" + JAR.resolveSibling("lambda-config-operator"),
            "--mapping=" + incomplete);

    // Then
    assertThat(printed).endsWith("exit code 1").contains("lacks settled.condition");
  }

  private Path file(String suffix) throws IOException {
    try (Stream<Path> files = Files.list(results)) {
      return files
          .filter(file -> file.getFileName().toString().matches("[0-9-]+" + suffix))
          .findFirst()
          .orElseThrow(() -> new AssertionError("no " + suffix + " in " + results));
    }
  }
}
