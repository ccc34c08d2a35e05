package dev.lambdaconfig.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.cli.stream.StandardOutput;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands whose output cannot be written: nobody reads it, or the disk is full. */
final class UnwritableOutputTest {

  private static final String FULL = "No space left on device";

  private static final String UNWRITTEN = "error: the standard output cannot be written: ";

  /** The end of a process, and its standard error. */
  private record End(int exitCode, List<String> err) {}

  @TempDir private Path folder = Path.of("");

  private ProcessBuilder command(String line) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:-UsePerfData"));
    // For those that use CEL, whose library a jar changes: see its filters in pom.xml.
    command.add("-Dsun.misc.unsafe.memory.access=allow");
    command.addAll(List.of("-Duser.language=en", "-cp", System.getProperty("java.class.path")));
    command.add(Main.class.getName());
    command.addAll(List.of(line.split(" ")));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("LC_ALL", "C");
    return builder;
  }

  private static End end(Process process) throws IOException, InterruptedException {
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    return new End(process.waitFor(), err.lines().toList());
  }

  private End onAFullDisk(String line) throws IOException, InterruptedException {
    return end(command(line).redirectOutput(new File("/dev/full")).start());
  }

  @ParameterizedTest
  @ValueSource(strings = {"version", "help plan", "completion fish"})
  void aReportThatIsNotReadToItsEndIsAFailure(String line)
      throws IOException, InterruptedException {
    // Given
    Process process = command(line).start();

    // When
    process.getInputStream().close();

    // Then
    End end = end(process);
    assertThat(end.exitCode()).isEqualTo(1);
    assertThat(end.err()).singleElement().asString().startsWith(UNWRITTEN);
  }

  @EnabledOnOs(OS.LINUX)
  @ParameterizedTest
  @ValueSource(
      strings = {
        "version",
        "plan --help",
        "validate -f orders.yaml",
        "validate -f orders.yaml -o json",
        "plan -q -f orders.yaml",
        "plan -q -f orders.yaml -o json"
      })
  void aFullDiskIsNamedOnce(String line) throws IOException, InterruptedException {
    // Given
    manifest();

    // When
    End end = onAFullDisk(line);

    // Then
    assertThat(end).isEqualTo(new End(1, List.of(UNWRITTEN + FULL)));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void anExportToAFullDiskCountsNothingAsWritten() throws IOException, InterruptedException {
    // Given
    Files.writeString(
        folder.resolve("state"),
        """
        {"version": 4, "resources": [{"mode": "managed", "type": "aws_lambda_function",
          "name": "orders", "instances": [{"attributes": {
            "function_name": "orders", "timeout": 30,
            "arn": "arn:aws:lambda:eu-west-1:123456789012:function:orders"}}]}]}
        """);

    // When
    End end = onAFullDisk("export --from-terraform state");

    // Then
    assertThat(end)
        .isEqualTo(
            new End(
                1,
                List.of(
                    "Incomplete: 0 manifests written, 0 unchanged, 0 kept, 0 skipped; 1 error",
                    UNWRITTEN + FULL)));
  }

  /** The other outputs are written, and the file is named with the reason. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aPlanNamesTheFileThatDoesNotFit() throws IOException, InterruptedException {
    // Given
    manifest();

    // When
    End end =
        end(
            command("plan -q -f orders.yaml -o json=/dev/full -o text=plan.txt")
                .redirectOutput(folder.resolve("out").toFile())
                .start());

    // Then
    assertThat(end)
        .isEqualTo(new End(1, List.of("error: -o json: /dev/full cannot be written: " + FULL)));
    assertThat(folder.resolve("plan.txt")).content().endsWith(" 1 error\n");
  }

  /** The limit of a file's size stands for a disk that is full: a write ends in the middle. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void ofAReportThatDoesNotFitNothingStays() throws IOException, InterruptedException {
    // Given
    manifests(40);
    Files.writeString(folder.resolve("plan.json"), "an older plan");
    Files.writeString(folder.resolve("summary"), "an earlier step\n");
    ProcessBuilder plan =
        command("plan -q -f orders.yaml -o json=plan.json -o markdown=new.md -o github");
    List<String> limited =
        new ArrayList<>(List.of("/bin/sh", "-c", "ulimit -f 2; exec \"$@\"", "sh"));
    limited.addAll(plan.command());
    plan.environment().put("GITHUB_STEP_SUMMARY", "summary");

    // When
    Process process = plan.command(limited).start();

    // Then
    assertThat(process.inputReader().lines()).last().asString().contains("and 31 more");
    assertThat(end(process))
        .isEqualTo(
            new End(
                1,
                List.of(
                    "error: -o json: plan.json cannot be written: File too large",
                    "error: -o markdown: new.md cannot be written: File too large",
                    "error: GITHUB_STEP_SUMMARY: summary cannot be written: File too large")));
    assertThat(folder)
        .isDirectoryNotContaining("glob:**/plan.json")
        .isDirectoryNotContaining("glob:**/new.md");
    assertThat(folder.resolve("summary")).hasContent("an earlier step\n");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void anyExitCodeBecomesThatOfAFailure(int exitCode) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    StandardOutput out = new StandardOutput(new Full(), true);
    print(out);

    assertThat(Main.whereWritten(exitCode, out, new PrintStream(err, true, StandardCharsets.UTF_8)))
        .isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8).strip()).isEqualTo(UNWRITTEN + FULL);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void whatIsWrittenEndsAsItDid(int exitCode) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    StandardOutput out = new StandardOutput(OutputStream.nullOutputStream(), true);
    print(out);

    assertThat(Main.whereWritten(exitCode, out, new PrintStream(err, true, StandardCharsets.UTF_8)))
        .isEqualTo(exitCode);
    assertThat(err.size()).isZero();
  }

  private static void print(StandardOutput out) {
    try (PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8)) {
      stream.print("a report");
    }
  }

  /** A manifest that is invalid, so that a plan of it needs no AWS. */
  private void manifest() throws IOException {
    manifests(1);
  }

  private void manifests(int count) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 1; i <= count; i++) {
      text.append(
          """
          ---
          apiVersion: lambdaconfig.dev/v1alpha1
          kind: LambdaFunctionConfig
          metadata: {name: orders-%d}
          spec: {functionName: orders-%d, region: eu-west-1, timeout: 6000}
          """
              .formatted(i, i));
    }
    Files.writeString(folder.resolve("orders.yaml"), text);
  }

  /** A disk that is full. */
  private static final class Full extends OutputStream {
    @Override
    public void write(int octet) throws IOException {
      throw new IOException(FULL);
    }
  }
}
