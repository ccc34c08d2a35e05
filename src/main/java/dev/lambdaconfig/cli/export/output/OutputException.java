package dev.lambdaconfig.cli.export.output;

import dev.lambdaconfig.cli.stream.WriteProblem;
import java.io.IOException;
import java.nio.file.Path;

/** A failure to write, with what to do about it. */
public final class OutputException extends Exception {

  private static final long serialVersionUID = 1L;

  private OutputException(String message, IOException cause) {
    super(message, cause);
  }

  /** The failure to write a file. */
  static OutputException of(Path path, IOException cause) {
    return new OutputException(
        "%s cannot be written: %s".formatted(path, WriteProblem.of(cause)), cause);
  }
}
