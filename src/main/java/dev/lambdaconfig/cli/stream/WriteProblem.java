package dev.lambdaconfig.cli.stream;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Objects;

/** The reason why a file or stream could not be written, for people. */
public final class WriteProblem {

  private WriteProblem() {}

  /** Returns the reason, without the name of the file. */
  public static String of(IOException failure) {
    return switch (failure) {
      case AccessDeniedException e -> "its permissions do not allow it";
      case NoSuchFileException e -> "its directory does not exist";
      case FileAlreadyExistsException e -> "another file has its name";
      case NotDirectoryException e -> "it is in a file, not in a directory";
      // Their messages begin with the name of the file.
      case FileSystemException e when e.getReason() != null -> e.getReason();
      default ->
          Objects.requireNonNullElse(failure.getMessage(), failure.getClass().getSimpleName());
    };
  }
}
