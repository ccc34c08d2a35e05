package dev.lambdaconfig.image;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** The image of this machine's architecture, read from the archive and unpacked to a folder. */
final class UnpackedImage {

  static final Path ARCHIVE =
      Path.of(requireNonNull(System.getProperty("operator.image"), "mvn -Pimage verify"));

  /** A file of a layer, as a runtime is to create it. */
  record Member(TarArchiveEntry entry, String layer) {}

  private final Map<String, byte[]> files;
  private final JsonNode manifest;
  private final Path root;
  private final List<Member> members = new ArrayList<>();

  private UnpackedImage(Map<String, byte[]> files, JsonNode manifest, Path root) {
    this.files = files;
    this.manifest = manifest;
    this.root = root;
  }

  /** Reads the archive and unpacks the layers, each over the one below it. */
  static UnpackedImage unpack(Path root) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    try (InputStream in = Files.newInputStream(ARCHIVE)) {
      TarArchiveInputStream tar = new TarArchiveInputStream(in);
      TarArchiveEntry entry;
      while ((entry = tar.getNextEntry()) != null) {
        if (entry.isFile()) {
          files.put(entry.getName(), tar.readAllBytes());
        }
      }
    }
    UnpackedImage image =
        new UnpackedImage(files, manifest(files), Files.createDirectories(root).toRealPath());
    for (JsonNode layer : image.manifest.path("layers")) {
      image.unpackLayer(layer.path("digest").asText());
    }
    return image;
  }

  private static JsonNode manifest(Map<String, byte[]> files) throws IOException {
    JsonNode index = json(files, "index.json");
    JsonNode top = json(files, blob(index.at("/manifests/0/digest").asText()));
    String ours = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
    for (JsonNode each : top.path("manifests")) {
      if (each.at("/platform/architecture").asText().equals(ours)) {
        return json(files, blob(each.path("digest").asText()));
      }
    }
    return top;
  }

  private void unpackLayer(String digest) throws IOException {
    TarArchiveInputStream tar = new TarArchiveInputStream(new ByteArrayInputStream(plain(digest)));
    TarArchiveEntry entry;
    while ((entry = tar.getNextEntry()) != null) {
      members.add(new Member(entry, digest));
      Path file = root.resolve(entry.getName());
      if (entry.isDirectory()) {
        Files.createDirectories(file);
      } else if (entry.isSymbolicLink()) {
        Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
      } else {
        Files.copy(tar, file);
        Files.setPosixFilePermissions(
            file,
            PosixFilePermissions.fromString(
                (entry.getMode() & 0111) == 0 ? "rw-r--r--" : "rwxr-xr-x"));
        // By which the JVM recognizes the jar of its class archive.
        Files.setLastModifiedTime(file, FileTime.from(entry.getLastModifiedTime().toInstant()));
      }
    }
  }

  /** The layer's archive as it was before it was compressed. */
  byte[] plain(String digest) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (InputStream in =
        new GZIPInputStream(new ByteArrayInputStream(requireNonNull(files.get(blob(digest)))))) {
      in.transferTo(out);
    }
    return out.toByteArray();
  }

  private static JsonNode json(Map<String, byte[]> files, String name) throws IOException {
    return new ObjectMapper().readTree(requireNonNull(files.get(name), name));
  }

  private static String blob(String digest) {
    return "blobs/" + digest.replace(':', '/');
  }

  static String digest(byte[] content) {
    try {
      return "sha256:"
          + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  Path root() {
    return root;
  }

  /** All files of the archive, by name. */
  Map<String, byte[]> files() {
    return files;
  }

  JsonNode manifest() {
    return manifest;
  }

  JsonNode config() throws IOException {
    return json(files, blob(manifest.at("/config/digest").asText()));
  }

  JsonNode dockerManifest() throws IOException {
    return json(files, "manifest.json").path(0);
  }

  List<Member> members() {
    return members;
  }
}
