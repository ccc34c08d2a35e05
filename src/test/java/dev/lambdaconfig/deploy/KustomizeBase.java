package dev.lambdaconfig.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The kustomize base, read without kustomize. A base that does more than list resources is
 * rejected, so that the tests see what {@code kubectl apply -k} applies.
 */
final class KustomizeBase {

  static final Path FOLDER = Path.of("deploy");

  private static final Set<String> KNOWN = Set.of("apiVersion", "kind", "resources");

  private KustomizeBase() {}

  static Manifests read() {
    return new Manifests(read(FOLDER));
  }

  /**
   * The base in another namespace, as an overlay with {@code namespace:} would make it, with other
   * names for cluster-wide objects.
   */
  static Manifests in(String namespace) {
    String yaml =
        files(FOLDER).stream()
            .map(KustomizeBase::text)
            .map(text -> text.replace("lambda-config-system", namespace))
            .reduce("", (one, other) -> one + "\n---\n" + other);
    Manifests moved = Manifests.parse(yaml);
    moved
        .ofKinds("ClusterRole", "ClusterRoleBinding")
        .all()
        .forEach(
            object -> {
              rename(object.path("metadata"), namespace);
              rename(object.path("roleRef"), namespace);
            });
    return moved;
  }

  private static void rename(JsonNode named, String namespace) {
    if (named instanceof com.fasterxml.jackson.databind.node.ObjectNode object) {
      object.put("name", namespace + ":" + object.path("name").asText());
    }
  }

  private static List<JsonNode> read(Path folder) {
    return files(folder).stream()
        .flatMap(file -> Manifests.parse(text(file)).all().stream())
        .toList();
  }

  /** The files of a base and of the bases that it names. */
  static List<Path> files(Path folder) {
    JsonNode base = Manifests.parse(text(kustomization(folder))).only("Kustomization");
    Set<String> keys = new TreeSet<>();
    base.fieldNames().forEachRemaining(keys::add);
    keys.removeAll(KNOWN);
    if (!keys.isEmpty()) {
      throw new AssertionError("this test does not know what kustomize does for " + keys);
    }
    List<Path> files = new ArrayList<>();
    for (JsonNode resource : base.path("resources")) {
      Path path = folder.resolve(resource.asText()).normalize();
      if (Files.isDirectory(path)) {
        files.addAll(files(path));
      } else if (path.startsWith(folder.normalize())) {
        files.add(path);
      } else {
        throw new AssertionError("kustomize reads no file from outside " + folder + ": " + path);
      }
    }
    return files;
  }

  private static Path kustomization(Path folder) {
    return Stream.of("kustomization.yaml", "kustomization.yml", "Kustomization")
        .map(folder::resolve)
        .filter(Files::exists)
        .findFirst()
        .orElseThrow(() -> new AssertionError(folder + " is no kustomize base"));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
