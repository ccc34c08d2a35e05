package dev.lambdaconfig.cli.export.output;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;

/** A file that appears whole or not at all, however the process ends. */
final class AtomicFile {

  /** The files that an export leaves that was killed while it wrote. */
  private static final String UNFINISHED = ".*.part";

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  private AtomicFile() {}

  /**
   * Writes a file, in place of another one of its name.
   *
   * @param isPrivate whether only its owner may read it, from the moment at which it exists
   */
  static void write(Path file, String text, boolean isPrivate) throws IOException {
    Path part = file.resolveSibling("." + file.getFileName() + ".part");
    try {
      Files.deleteIfExists(part);
      try (OutputStream stream =
          Channels.newOutputStream(
              FileChannel.open(
                  part,
                  Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                  attributes(file, isPrivate)))) {
        stream.write(text.getBytes(StandardCharsets.UTF_8));
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      Files.deleteIfExists(part);
      throw e;
    }
  }

  private static FileAttribute<?>[] attributes(Path file, boolean isPrivate) {
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    return isPrivate && posix
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
        : new FileAttribute<?>[0];
  }

  /** Creates a directory and those that it is in, and removes what was left unfinished there. */
  static void prepare(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(directory);
    }
    try (DirectoryStream<Path> unfinished = Files.newDirectoryStream(directory, UNFINISHED)) {
      for (Path part : unfinished) {
        Files.deleteIfExists(part);
      }
    }
  }

  /** Whether a file has exactly this text. */
  static boolean hasText(Path file, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return Files.isRegularFile(file)
        && Files.size(file) == bytes.length
        && Objects.deepEquals(Files.readAllBytes(file), bytes);
  }
}
