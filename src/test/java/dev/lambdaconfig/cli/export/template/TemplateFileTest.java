package dev.lambdaconfig.cli.export.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The file of another tool, or the standard input. */
final class TemplateFileTest {

  @Test
  void aDashIsTheStandardInput() throws Exception {
    TemplateFile file =
        file("-", new ByteArrayInputStream("text".getBytes(StandardCharsets.UTF_8)));

    assertThat(file.bytes(4)).asString(StandardCharsets.UTF_8).isEqualTo("text");
    assertThat(file).hasToString("standard input");
  }

  @Test
  void aTextThatIsTooLongIsRefused() {
    assertThatThrownBy(() -> file("-", new ByteArrayInputStream(new byte[5])).bytes(4))
        .hasMessage("standard input has more than 4 bytes: export from a smaller one");
  }

  @Test
  void whatCannotBeReadIsNamedWithItsOption() {
    InputStream closed = new PipedInputStream();

    assertThatThrownBy(() -> file("-", closed).bytes(4))
        .hasMessage("--from-sam: the standard input cannot be read (Pipe not connected)");
    assertThatThrownBy(() -> file("/none", closed).bytes(4))
        .hasMessage("--from-sam: /none cannot be read: check its path");
  }

  private static TemplateFile file(String path, InputStream standardInput) {
    return new TemplateFile(Path.of(path), standardInput, "--from-sam");
  }
}
