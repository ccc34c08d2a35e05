package dev.lambdaconfig.cli.export.output;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Objects;

/** A failure to write, with what to do about it. */
public final class OutputException extends Exception {

  private static final long serialVersionUID = 1L;

  /** Creates it with a message for people. */
  OutputException(String message, IOException cause) {
    super(message, cause);
  }

  /** The failure to write a file. */
  static OutputException of(Path path, IOException cause) {
    String why =
        switch (cause) {
          case AccessDeniedException e -> "its permissions do not allow it";
          case NoSuchFileException e -> "its directory does not exist";
          case FileAlreadyExistsException e -> "another file has its name";
          case NotDirectoryException e -> "it is in a file, not in a directory";
          default ->
              Objects.requireNonNullElse(cause.getMessage(), cause.getClass().getSimpleName());
        };
    return new OutputException("%s cannot be written: %s".formatted(path, why), cause);
  }
}
