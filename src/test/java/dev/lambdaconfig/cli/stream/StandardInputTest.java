package dev.lambdaconfig.cli.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of the JVM is never taken for the standard input. */
final class StandardInputTest {

  @TempDir private Path folder = Path.of("");

  private InputStream input(String target) throws IOException {
    Path descriptor = folder.resolve("0");
    Files.createSymbolicLink(descriptor, folder.toRealPath().resolve(target));
    Path java = Files.createDirectory(folder.resolve("java"));
    return new StandardInput(stream(), descriptor, java);
  }

  private static InputStream stream() {
    return new ByteArrayInputStream("text".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aFileOfTheJvmIsAClosedInput() throws IOException {
    InputStream closed = input("java/lib/modules");

    assertThatThrownBy(closed::readAllBytes)
        .isInstanceOf(IOException.class)
        .hasMessage("the standard input is closed");
    assertThatThrownBy(closed::read).isInstanceOf(IOException.class);
  }

  @Test
  void anotherFileIsRead() throws IOException {
    assertThat(input("java.txt").readAllBytes()).asString().isEqualTo("text");
  }

  @Test
  void whereNobodyCanTellItIsRead() throws IOException {
    InputStream input = new StandardInput(stream(), folder.resolve("none"), folder);

    assertThat(input.readAllBytes()).asString().isEqualTo("text");
  }

  @Test
  void itIsNeverClosed() throws IOException {
    InputStream stdin =
        new ByteArrayInputStream(new byte[0]) {
          @Override
          public void close() {
            throw new IllegalStateException("closed");
          }
        };

    new StandardInput(stdin, folder.resolve("none"), folder).close();

    assertThat(folder).isEmptyDirectory();
  }
}
