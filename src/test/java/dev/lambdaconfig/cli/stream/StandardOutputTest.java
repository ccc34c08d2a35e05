package dev.lambdaconfig.cli.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The reason of a failure stays, and nothing follows what was lost. */
final class StandardOutputTest {

  private final ByteArrayOutputStream disk = new ByteArrayOutputStream();

  private boolean isFull;

  private final OutputStream stream =
      new OutputStream() {
        @Override
        public void write(int octet) throws IOException {
          if (isFull) {
            throw new IOException("No space left on device");
          }
          disk.write(octet);
        }
      };

  private final StandardOutput output = new StandardOutput(stream, true);

  private void write(String text) throws IOException {
    output.write(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void withoutAFailureThereIsNoProblem() throws IOException {
    write("all of it");

    assertThat(output.problem()).isNull();
    assertThat(disk).hasToString("all of it");
  }

  @Test
  void aDiskThatHasSpaceAgainGetsNoReportWithAHole() throws IOException {
    // Given
    write("first ");
    isFull = true;
    assertThatThrownBy(() -> write("second ")).isInstanceOf(IOException.class);

    // When
    isFull = false;
    assertThatThrownBy(() -> write("third")).isInstanceOf(IOException.class);

    // Then
    assertThat(disk).hasToString("first ");
    assertThat(output.problem()).isEqualTo("No space left on device");
  }

  @Test
  void aLogGoesOnWhereTheDiskHasSpaceAgain() throws IOException {
    // Given
    StandardOutput log = new StandardOutput(stream, false);
    isFull = true;
    assertThatThrownBy(() -> log.write("first ".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IOException.class);

    // When
    isFull = false;
    log.write("second".getBytes(StandardCharsets.UTF_8));

    // Then
    assertThat(disk).hasToString("second");
    assertThat(log.problem()).isEqualTo("No space left on device");
  }
}
