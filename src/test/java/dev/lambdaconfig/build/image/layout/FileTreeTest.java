package dev.lambdaconfig.build.image.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A root file system made of archives, and the layers made of it. */
@DisabledOnOs(OS.WINDOWS)
final class FileTreeTest {

  private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir private Path folder = Path.of("");

  /** Writes an archive: names that end with a slash are folders, {@code a->b} is a link. */
  private static ByteArrayInputStream tar(String... names) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out, "UTF-8")) {
      for (String name : names) {
        String[] link = name.split("->", -1);
        byte[] content = name.getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry entry =
            link.length == 2
                ? new TarArchiveEntry(link[0], TarConstants.LF_SYMLINK)
                : new TarArchiveEntry(name);
        entry.setMode(04755);
        boolean file = link.length == 1 && !name.endsWith("/");
        if (link.length == 2) {
          entry.setLinkName(link[1]);
        } else if (file) {
          entry.setSize(content.length);
        }
        tar.putArchiveEntry(entry);
        if (file) {
          tar.write(content);
        }
        tar.closeArchiveEntry();
      }
    }
    return new ByteArrayInputStream(out.toByteArray());
  }

  @Test
  void linksLeadToWhereTheyDoInTheTree() throws IOException {
    // Given
    FileTree tree = FileTree.createAt(folder.resolve("root"));

    // When: absolute, and out of it
    tree.addAll(tar("usr/lib/", "lib->/usr/lib", "out->../../../..", "lib/libc.so", "out/etc/x"));

    // Then
    assertThat(folder.resolve("root/usr/lib/libc.so")).isRegularFile();
    assertThat(folder.resolve("root/etc/x")).isRegularFile();
    assertThat(Files.readSymbolicLink(folder.resolve("root/lib"))).isEqualTo(Path.of("/usr/lib"));
  }

  @Test
  void aNameWithDotsStaysInTheTree() throws IOException {
    // Given
    FileTree tree = FileTree.createAt(folder.resolve("a/root"));

    // When
    tree.addAll(tar("../../escaped"));

    // Then
    assertThat(folder.resolve("escaped")).doesNotExist();
    assertThat(folder.resolve("a/root/escaped")).isRegularFile();
  }

  @Test
  void aLayerRemovesWhatItMarksAndNothingIsSetuid() throws IOException {
    // Given
    FileTree tree = FileTree.createAt(folder.resolve("root"));
    tree.addAll(tar("etc/old", "etc/kept"));

    // When
    tree.addAll(tar("etc/.wh.old", "etc/new"));

    // Then
    assertThat(folder.resolve("root/etc").toFile().list()).containsExactlyInAnyOrder("kept", "new");
    assertThat(Files.getPosixFilePermissions(folder.resolve("root/etc/new")))
        .isEqualTo(PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void theSameFilesMakeTheSameLayer() throws IOException {
    // Given: created in another order, at other times
    FileTree one = FileTree.createAt(folder.resolve("one"));
    one.write("app/jar", "content");
    one.write("etc/x", "");
    FileTree another = FileTree.createAt(folder.resolve("another"));
    another.write("etc/x", "");
    another.write("app/jar", "content");
    another.write("var/left-out", "");
    another.stamp(Instant.parse("2020-01-01T00:00:00Z"));

    // When
    Layer first = layer(one, "1");
    Layer second = layer(another, "2");

    // Then
    assertThat(second.digest()).isEqualTo(first.digest());
    assertThat(second.diffId()).isEqualTo(first.diffId());
  }

  private Layer layer(FileTree tree, String name) throws IOException {
    return Layer.write(
        "layer",
        tree,
        path -> !path.startsWith("var"),
        TIME,
        Files.createDirectories(folder.resolve(name)));
  }
}
