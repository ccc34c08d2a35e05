package dev.lambdaconfig.build.image.debian;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** A {@code .deb}: an {@code ar} archive of two tar archives, of facts and of files. */
final class DebianPackage {

  /** Takes the entries of an archive. */
  @FunctionalInterface
  interface Entries {

    /** Takes an entry; the stream has its content, and ends where that ends. */
    void take(TarArchiveEntry entry, InputStream content) throws IOException;
  }

  private final Path file;

  DebianPackage(Path file) {
    this.file = file;
  }

  /** Reads a file of the facts, such as {@code control}; empty if there is none. */
  String fact(String name) throws IOException {
    StringBuilder text = new StringBuilder();
    read(
        "control.tar",
        (entry, content) -> {
          if (entry.getName().equals("./" + name)) {
            text.append(new String(content.readAllBytes(), StandardCharsets.UTF_8));
          }
        });
    return text.toString();
  }

  /** Reads all files. */
  void files(Entries entries) throws IOException {
    read("data.tar", entries);
  }

  private void read(String member, Entries entries) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file));
        ArArchiveInputStream ar = new ArArchiveInputStream(in)) {
      ArArchiveEntry each;
      while ((each = ar.getNextEntry()) != null) {
        if (each.getName().startsWith(member)) {
          TarArchiveInputStream tar = new TarArchiveInputStream(decompressed(each.getName(), ar));
          TarArchiveEntry entry;
          while ((entry = tar.getNextEntry()) != null) {
            entries.take(entry, tar);
          }
          return;
        }
      }
    }
    throw new IOException(file + " has no " + member);
  }

  private static InputStream decompressed(String name, InputStream in) throws IOException {
    if (name.endsWith(".xz")) {
      return new XZCompressorInputStream(in);
    }
    if (name.endsWith(".gz")) {
      return new GzipCompressorInputStream(in);
    }
    if (name.endsWith(".tar")) {
      return in;
    }
    throw new IOException(name + ": packages of Debian are compressed by xz");
  }
}
