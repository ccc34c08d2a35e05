package dev.lambdaconfig.build.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lambdaconfig.build.image.layout.FileTree;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * A base in a tar archive: an image as {@code docker save} and this build write it, of which all
 * layers are taken, or the files of a root file system, as {@code docker export} writes them.
 */
final class BaseArchive {

  private static final String MANIFEST = "manifest.json";

  private BaseArchive() {}

  /** Adds the files of the base to a tree. */
  static void extract(Path archive, FileTree tree) throws IOException {
    List<String> layers = layers(archive);
    if (layers.isEmpty()) {
      try (InputStream in = open(archive)) {
        tree.addAll(in);
      }
    }
    for (String layer : layers) {
      try (InputStream in = open(archive)) {
        TarArchiveInputStream outer = new TarArchiveInputStream(in);
        TarArchiveEntry entry;
        while ((entry = outer.getNextEntry()) != null) {
          if (entry.getName().equals(layer)) {
            tree.addAll(inflated(new BufferedInputStream(outer)));
          }
        }
      }
    }
  }

  private static List<String> layers(Path archive) throws IOException {
    List<String> layers = new ArrayList<>();
    try (InputStream in = open(archive)) {
      TarArchiveInputStream outer = new TarArchiveInputStream(in);
      TarArchiveEntry entry;
      while ((entry = outer.getNextEntry()) != null) {
        if (entry.getName().equals(MANIFEST)) {
          JsonNode images = new ObjectMapper().readTree(outer.readAllBytes());
          images.path(0).path("Layers").forEach(layer -> layers.add(layer.asText()));
        }
      }
    }
    return layers;
  }

  private static InputStream open(Path archive) throws IOException {
    return inflated(new BufferedInputStream(Files.newInputStream(archive)));
  }

  private static InputStream inflated(BufferedInputStream in) throws IOException {
    in.mark(2);
    boolean compressed = in.read() == 0x1f && in.read() == 0x8b;
    in.reset();
    return compressed ? new GZIPInputStream(in) : in;
  }
}
