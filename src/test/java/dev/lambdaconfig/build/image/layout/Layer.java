package dev.lambdaconfig.build.image.layout;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * A layer of an image: a compressed tar archive, whose bytes depend on the files and nothing else.
 *
 * @param name what it holds, for people
 * @param file the compressed archive
 * @param digest the digest of that file
 * @param diffId the digest of the archive before it was compressed
 * @param size of the file, in bytes
 */
public record Layer(String name, Path file, String digest, String diffId, long size) {

  /** The modes that are neither 755 nor 644, by path. */
  private static final Map<String, Integer> MODES =
      Map.of("tmp", 01777, "var/tmp", 01777, "root", 0700);

  /**
   * Writes the layer of some files of a tree, with the folders above them.
   *
   * @param folder where the archive is written
   * @param selected whether a path of the tree, without a slash before it, belongs to the layer
   */
  public static Layer write(
      String name, FileTree tree, Predicate<String> selected, Instant time, Path folder)
      throws IOException {
    Path file = folder.resolve(name + ".tar.gz");
    MessageDigest compressed = Digests.sha256();
    MessageDigest plain = Digests.sha256();
    try (OutputStream out =
            new DigestOutputStream(
                new BufferedOutputStream(Files.newOutputStream(file)), compressed);
        OutputStream gzip = new Gzip(out);
        TarArchiveOutputStream tar =
            new TarArchiveOutputStream(new DigestOutputStream(gzip, plain), "UTF-8")) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
      List<Path> files = tree.files();
      Set<Path> wanted = withParents(tree, files, selected);
      for (Path each : files) {
        if (wanted.contains(each)) {
          add(tar, tree.root().relativize(each).toString(), each, time);
        }
      }
    }
    return new Layer(name, file, Digests.text(compressed), Digests.text(plain), Files.size(file));
  }

  private static Set<Path> withParents(
      FileTree tree, List<Path> files, Predicate<String> selected) {
    Set<Path> wanted = new HashSet<>();
    for (Path each : files) {
      if (selected.test(tree.root().relativize(each).toString())) {
        Path relative = tree.root().relativize(each);
        for (int names = 1; names <= relative.getNameCount(); names++) {
          wanted.add(tree.root().resolve(relative.subpath(0, names)));
        }
      }
    }
    return wanted;
  }

  private static void add(TarArchiveOutputStream tar, String name, Path file, Instant time)
      throws IOException {
    TarArchiveEntry entry;
    if (Files.isSymbolicLink(file)) {
      entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
      entry.setLinkName(Files.readSymbolicLink(file).toString());
      entry.setMode(0777);
    } else if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
      entry = new TarArchiveEntry(name + "/");
      entry.setMode(MODES.getOrDefault(name, 0755));
    } else {
      entry = new TarArchiveEntry(name);
      entry.setSize(Files.size(file));
      entry.setMode(executableByOwner(file) ? 0755 : 0644);
    }
    entry.setModTime(time.toEpochMilli());
    entry.setIds(0, 0);
    entry.setNames("", "");
    tar.putArchiveEntry(entry);
    if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      Files.copy(file, tar);
    }
    tar.closeArchiveEntry();
  }

  private static boolean executableByOwner(Path file) throws IOException {
    return Files.getPosixFilePermissions(file).contains(PosixFilePermission.OWNER_EXECUTE);
  }

  /** Best compression; the header of the JDK's has no time and no name. */
  private static final class Gzip extends GZIPOutputStream {

    Gzip(OutputStream out) throws IOException {
      super(out, 1 << 16);
      def.setLevel(Deflater.BEST_COMPRESSION);
    }
  }
}
