package dev.lambdaconfig.build.image.layout;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * An OCI image layout in a tar archive, as Podman, Skopeo, crane and containerd read it, with the
 * {@code manifest.json} that {@code docker load} of all ages reads.
 */
public final class OciArchive {

  private static final String INDEX = "application/vnd.oci.image.index.v1+json";

  private OciArchive() {}

  /**
   * Writes it.
   *
   * @param images for one architecture or several; the first one is what Docker loads
   * @param name the name of the image, without its tag
   * @return the digest of the image: of the manifest, or of the index of several
   */
  public static String write(
      Path archive, List<Image> images, String name, String tag, Instant time) throws IOException {
    Map<String, byte[]> small = new TreeMap<>();
    Map<String, Path> large = new TreeMap<>();
    ArrayNode manifests = JsonNodeFactory.instance.arrayNode();
    for (Image image : images) {
      byte[] manifest = image.manifest();
      small.put(blob(Digests.of(manifest)), manifest);
      small.put(blob(Digests.of(image.configuration())), image.configuration());
      image.layers().forEach(layer -> large.put(blob(layer.digest()), layer.file()));
      ObjectNode descriptor =
          Image.descriptor(Image.MANIFEST, Digests.of(manifest), manifest.length);
      descriptor.putObject("platform").put("architecture", image.architecture()).put("os", "linux");
      manifests.add(descriptor);
    }
    ObjectNode top = (ObjectNode) manifests.get(0);
    if (images.size() > 1) {
      byte[] index = Image.bytes(index(manifests));
      small.put(blob(Digests.of(index)), index);
      top = Image.descriptor(INDEX, Digests.of(index), index.length);
    }
    String digest = top.get("digest").asText();
    top.putObject("annotations")
        .put("io.containerd.image.name", "docker.io/library/" + name + ":" + tag)
        .put("org.opencontainers.image.ref.name", tag);
    small.put("oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(StandardCharsets.UTF_8));
    small.put("index.json", Image.bytes(index(JsonNodeFactory.instance.arrayNode().add(top))));
    small.put("manifest.json", Image.bytes(docker(images.getFirst(), name + ":" + tag)));
    write(archive, small, large, time);
    return digest;
  }

  private static ObjectNode index(ArrayNode manifests) {
    ObjectNode index = Image.object().put("schemaVersion", 2).put("mediaType", INDEX);
    index.set("manifests", manifests);
    return index;
  }

  private static ArrayNode docker(Image image, String reference) {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    ObjectNode one = all.addObject().put("Config", blob(Digests.of(image.configuration())));
    one.putArray("RepoTags").add(reference);
    ArrayNode layers = one.putArray("Layers");
    image.layers().forEach(layer -> layers.add(blob(layer.digest())));
    return all;
  }

  private static String blob(String digest) {
    return "blobs/" + digest.replace(':', '/');
  }

  private static void write(
      Path archive, Map<String, byte[]> small, Map<String, Path> large, Instant time)
      throws IOException {
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(
            new BufferedOutputStream(Files.newOutputStream(archive)), "UTF-8")) {
      for (String folder : List.of("blobs/", "blobs/sha256/")) {
        put(tar, folder, 0, time);
        tar.closeArchiveEntry();
      }
      for (Map.Entry<String, byte[]> file : small.entrySet()) {
        put(tar, file.getKey(), file.getValue().length, time);
        tar.write(file.getValue());
        tar.closeArchiveEntry();
      }
      for (Map.Entry<String, Path> file : large.entrySet()) {
        put(tar, file.getKey(), Files.size(file.getValue()), time);
        Files.copy(file.getValue(), tar);
        tar.closeArchiveEntry();
      }
    }
  }

  private static void put(TarArchiveOutputStream tar, String name, long size, Instant time)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(size);
    entry.setMode(name.endsWith("/") ? 0755 : 0644);
    entry.setModTime(time.toEpochMilli());
    entry.setIds(0, 0);
    entry.setNames("", "");
    tar.putArchiveEntry(entry);
  }
}
