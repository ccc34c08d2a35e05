package dev.lambdaconfig.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands whose standard output cannot be written: nobody reads it, or the disk is full. */
final class UnwritableOutputTest {

  private static final String REASON =
      "error: the standard output cannot be written: its reader has ended, or the disk is full";

  @ParameterizedTest
  @ValueSource(strings = {"version", "help plan", "completion fish"})
  void aReportThatIsNotReadToItsEndIsAFailure(String line)
      throws IOException, InterruptedException {
    // Given
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(line.split(" ")));
    Process process = new ProcessBuilder(command).start();

    // When
    process.getInputStream().close();

    // Then
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isEqualTo(1);
    assertThat(err).contains(REASON).doesNotContain("\tat ");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void anyExitCodeBecomesThatOfAFailure(int exitCode) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(new Full(), true, StandardCharsets.UTF_8);
    out.print("a report");

    assertThat(Main.whereWritten(exitCode, out, new PrintStream(err, true, StandardCharsets.UTF_8)))
        .isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8).strip()).isEqualTo(REASON);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void whatIsWrittenEndsAsItDid(int exitCode) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream out =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);

    assertThat(Main.whereWritten(exitCode, out, new PrintStream(err, true, StandardCharsets.UTF_8)))
        .isEqualTo(exitCode);
    assertThat(err.size()).isZero();
  }

  /** A disk that is full. */
  private static final class Full extends OutputStream {
    @Override
    public void write(int octet) throws IOException {
      throw new IOException("No space left on device");
    }
  }
}
