package dev.lambdaconfig.demo;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Manifests as they are written, not as the operator's own classes would write them again. */
final class Manifests {

  private Manifests() {}

  /** The manifests of a folder by file name, as kubectl takes them. */
  static List<GenericKubernetesResource> of(Path folder) {
    try (var files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .sorted()
          .map(file -> parse(text(file)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A manifest that comes with the demo. */
  static GenericKubernetesResource named(String file) {
    try (InputStream yaml = Manifests.class.getResourceAsStream("/demo/" + file)) {
      if (yaml == null) {
        throw new IllegalStateException(file + " is not on the class path");
      }
      return parse(new String(yaml.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static GenericKubernetesResource parse(String yaml) {
    return Serialization.unmarshal(yaml, GenericKubernetesResource.class);
  }
}
