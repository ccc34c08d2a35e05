package dev.lambdaconfig.build.image.layout;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * A root file system in a folder.
 *
 * <p>Modes are normalized to 755 and 644, owners are left to the layers, which name root: so
 * neither root nor a certain umask is needed to build it, and nothing in it is setuid.
 */
public final class FileTree {

  private static final String WHITEOUT = ".wh.";
  private static final int MOST_LINKS = 40;

  private final Path root;

  private FileTree(Path root) {
    this.root = root;
  }

  /** Creates an empty tree in a folder, in place of what was there. */
  public static FileTree createAt(Path root) throws IOException {
    delete(root);
    Files.createDirectories(root);
    return new FileTree(root);
  }

  /** The folder that stands for the root. */
  public Path root() {
    return root;
  }

  /**
   * Returns the file for a path of the tree. Links on the way lead to where they do in the tree.
   */
  public Path resolve(String path) throws IOException {
    return resolve(path, MOST_LINKS);
  }

  private Path resolve(String path, int links) throws IOException {
    Path names = Path.of("/" + path).normalize();
    Path file = root;
    for (int i = 0; i < names.getNameCount(); i++) {
      if (Files.isSymbolicLink(file)) {
        if (links == 0) {
          throw new IOException(path + ": too many links");
        }
        Path above = Path.of("/").resolve(root.relativize(file.getParent()).toString());
        Path target = above.resolve(Files.readSymbolicLink(file)).normalize();
        Path rest = names.subpath(i, names.getNameCount());
        return resolve(target.resolve(rest).toString(), links - 1);
      }
      file = file.resolve(names.getName(i).toString());
    }
    return file;
  }

  /** Writes a file, with its parents. */
  public void write(String path, String content) throws IOException {
    write(path, content.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes a file, with its parents. */
  public void write(String path, byte[] content) throws IOException {
    Path file = resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
    mode(file, false);
  }

  /** Copies a file, with the parents of the copy. */
  public void copy(Path source, String path) throws IOException {
    Path file = resolve(path);
    Files.createDirectories(file.getParent());
    Files.copy(source, file, StandardCopyOption.REPLACE_EXISTING);
    mode(file, Files.isExecutable(source));
  }

  /** Adds an entry of a tar archive, of which the stream delivers the content. */
  public void add(TarArchiveEntry entry, InputStream content) throws IOException {
    Path file = resolve(entry.getName());
    String name = file.getFileName() == null ? "" : file.getFileName().toString();
    if (name.startsWith(WHITEOUT)) {
      // Of a layer: what a lower one has, and this one has not.
      delete(file.resolveSibling(name.substring(WHITEOUT.length())));
    } else if (entry.isDirectory()) {
      // Not in place of a link: a directory that a lower layer has as one, such as /lib, stays
      // that.
      if (!Files.isSymbolicLink(file)) {
        Files.createDirectories(file);
      }
    } else if (entry.isSymbolicLink()) {
      replace(file);
      Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
    } else if (entry.isLink()) {
      replace(file);
      Files.copy(resolve(entry.getLinkName()), file);
    } else if (entry.isFile()) {
      replace(file);
      Files.copy(content, file);
      mode(file, (entry.getMode() & 0100) != 0);
    }
    // Devices and pipes are the runtime's.
  }

  /** Adds all entries of a tar archive. */
  public void addAll(InputStream tar) throws IOException {
    TarArchiveInputStream entries = new TarArchiveInputStream(tar);
    TarArchiveEntry entry;
    while ((entry = entries.getNextEntry()) != null) {
      add(entry, entries);
    }
  }

  private static void replace(Path file) throws IOException {
    if (!Files.exists(file.getParent())) {
      Files.createDirectories(file.getParent());
    }
    Files.deleteIfExists(file);
  }

  private static void mode(Path file, boolean executable) throws IOException {
    Files.setPosixFilePermissions(
        file, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
  }

  /** Gives everything in the tree the same time of modification. */
  public void stamp(Instant time) throws IOException {
    FileTime stamp = FileTime.from(time);
    // Files first: what is written into a folder changes its time.
    for (Path file : below(root).reversed()) {
      Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
          .setTimes(stamp, stamp, null);
    }
  }

  /** Returns everything in the tree but its root, folders before what they contain. */
  public List<Path> files() throws IOException {
    return below(root).stream().filter(file -> !file.equals(root)).toList();
  }

  /** Deletes a file, or a folder with its content, if it exists. */
  public static void delete(Path file) throws IOException {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      for (Path each : below(file).reversed()) {
        Files.delete(each);
      }
    }
  }

  private static List<Path> below(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.sorted(Comparator.comparing(Path::toString)).toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
