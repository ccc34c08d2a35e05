package dev.lambdaconfig.cli.export.template;

import dev.lambdaconfig.cli.export.source.ExportException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file of another tool, or the standard input, which {@code -} names. */
public final class TemplateFile {

  private static final String STANDARD_INPUT = "-";

  private final Path path;
  private final InputStream standardInput;
  private final String option;

  /**
   * Reads nothing yet.
   *
   * @param option the option that names the file, for messages
   */
  public TemplateFile(Path path, InputStream standardInput, String option) {
    this.path = path;
    this.standardInput = standardInput;
    this.option = option;
  }

  private boolean isStandardInput() {
    return path.toString().equals(STANDARD_INPUT);
  }

  /**
   * The content.
   *
   * @throws ExportException if it cannot be read, or is longer than that
   */
  byte[] bytes(int longest) throws ExportException {
    byte[] bytes;
    try {
      if (isStandardInput()) {
        bytes = standardInput.readNBytes(longest + 1);
      } else {
        try (InputStream in = Files.newInputStream(path)) {
          bytes = in.readNBytes(longest + 1);
        }
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
    if (bytes.length > longest) {
      throw new ExportException(
          "%s has more than %d bytes: export from a smaller one".formatted(this, longest));
    }
    return bytes;
  }

  ExportException unreadable(IOException e) {
    return new ExportException(
        isStandardInput()
            ? "%s: the standard input cannot be read (%s)".formatted(option, e.getMessage())
            : "%s: %s cannot be read: check its path".formatted(option, path),
        e);
  }

  /** The name of the file, for messages. */
  @Override
  public String toString() {
    return isStandardInput() ? "standard input" : path.toString();
  }
}
