package dev.lambdaconfig.build.image.layout;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/**
 * An image for one architecture.
 *
 * @param architecture as Go and so OCI name it, such as {@code arm64}
 * @param layers from the lowest to the topmost
 * @param config its configuration
 */
public record Image(String architecture, List<Layer> layers, JsonNode config) {

  static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";

  /**
   * What a container of the image starts with.
   *
   * @param user by number: {@code runAsNonRoot} cannot be checked for a name
   * @param environment variables, in the order in which they are written
   * @param entrypoint the command
   * @param labels annotations for people and tools
   */
  public record Settings(
      String user,
      String workingDirectory,
      Map<String, String> environment,
      List<String> entrypoint,
      Map<String, String> labels) {}

  /** Returns the image of some layers. */
  public static Image of(
      String architecture,
      List<Layer> layers,
      Settings settings,
      String created,
      String createdBy) {
    ObjectNode config = object();
    config.put("created", created).put("architecture", architecture).put("os", "linux");
    ObjectNode container = config.putObject("config");
    container.put("User", settings.user());
    container.putObject("ExposedPorts").putObject("8080/tcp");
    ArrayNode environment = container.putArray("Env");
    settings.environment().forEach((name, value) -> environment.add(name + "=" + value));
    settings.entrypoint().forEach(container.putArray("Entrypoint")::add);
    container.put("WorkingDir", settings.workingDirectory());
    ObjectNode labels = container.putObject("Labels");
    settings.labels().forEach(labels::put);
    ObjectNode root = config.putObject("rootfs").put("type", "layers");
    ArrayNode ids = root.putArray("diff_ids");
    ArrayNode history = config.putArray("history");
    for (Layer layer : layers) {
      ids.add(layer.diffId());
      history
          .addObject()
          .put("created", created)
          .put("created_by", createdBy)
          .put("comment", layer.name());
    }
    return new Image(architecture, layers, config);
  }

  /** Returns the bytes of its configuration. */
  byte[] configuration() {
    return bytes(config);
  }

  /** Returns the bytes of its manifest. */
  public byte[] manifest() {
    ObjectNode manifest = object();
    manifest.put("schemaVersion", 2).put("mediaType", MANIFEST);
    manifest.set(
        "config",
        descriptor(
            "application/vnd.oci.image.config.v1+json",
            Digests.of(configuration()),
            configuration().length));
    ArrayNode all = manifest.putArray("layers");
    for (Layer layer : layers) {
      all.add(
          descriptor("application/vnd.oci.image.layer.v1.tar+gzip", layer.digest(), layer.size()));
    }
    return bytes(manifest);
  }

  static ObjectNode descriptor(String mediaType, String digest, long size) {
    return object().put("mediaType", mediaType).put("digest", digest).put("size", size);
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static byte[] bytes(Object json) {
    try {
      return new ObjectMapper().writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
