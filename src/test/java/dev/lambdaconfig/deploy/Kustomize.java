package dev.lambdaconfig.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What {@code kustomize build} prints for the kustomizations of this project, without kustomize.
 * {@link KustomizeCheck} compares the two. A kustomization that does something else is rejected, so
 * that the tests see what {@code kubectl apply -k} applies.
 */
final class Kustomize {

  static final Path FOLDER = Path.of("deploy");

  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private static final Set<String> KNOWN =
      Set.of(
          "apiVersion",
          "kind",
          "resources",
          "components",
          "namespace",
          "nameSuffix",
          "labels",
          "patches",
          "configMapGenerator");

  /** What the test wants otherwise in each file. */
  private final UnaryOperator<String> edit;

  private Kustomize(UnaryOperator<String> edit) {
    this.edit = edit;
  }

  /** The objects of a folder, such as {@code deploy/overlays/restore}. */
  static Manifests build(Path folder) {
    return build(folder, UnaryOperator.identity());
  }

  /**
   * The objects of a folder in other namespaces, with other names for cluster-wide objects, so that
   * tests do not meet.
   */
  static Manifests build(Path folder, String operatorNamespace, String team) {
    Manifests moved =
        build(
            folder,
            text ->
                text.replace("lambda-config-system", operatorNamespace).replace("team-a", team));
    for (JsonNode object : moved.all()) {
      if (Manifests.kind(object).startsWith("ClusterRole")) {
        rename(object.path("metadata"), operatorNamespace);
      }
      if (object.at("/roleRef/kind").asText().equals("ClusterRole")) {
        rename(object.path("roleRef"), operatorNamespace);
      }
    }
    return moved;
  }

  private static Manifests build(Path folder, UnaryOperator<String> edit) {
    List<ObjectNode> objects = new ArrayList<>();
    new Kustomize(edit).accumulate(folder, objects);
    return new Manifests(List.copyOf(objects));
  }

  private static void rename(JsonNode named, String namespace) {
    ((ObjectNode) named).put("name", namespace + ":" + named.path("name").asText());
  }

  private void accumulate(Path folder, List<ObjectNode> objects) {
    // The names of files stay as they are.
    JsonNode file = kustomization(folder, UnaryOperator.identity());
    for (JsonNode resource : file.path("resources")) {
      Path path = within(folder, resource.asText());
      if (Files.isDirectory(path)) {
        List<ObjectNode> base = new ArrayList<>();
        accumulate(path, base);
        objects.addAll(base);
      } else {
        Manifests.parse(text(path)).all().forEach(object -> objects.add((ObjectNode) object));
      }
    }
    // A component changes all that was accumulated before it, and not only resources of its own.
    for (JsonNode component : file.path("components")) {
      accumulate(within(folder, component.asText()), objects);
    }
    for (JsonNode generator : file.path("configMapGenerator")) {
      objects.add(configMap(folder, generator));
    }
    KustomizeTransformers.transform(kustomization(folder, edit), objects);
  }

  private ObjectNode configMap(Path folder, JsonNode generator) {
    if (!generator.at("/options/disableNameSuffixHash").asBoolean()) {
      throw new AssertionError("this test does not know the suffixes of names: " + generator);
    }
    ObjectNode map = YAML.createObjectNode().put("apiVersion", "v1").put("kind", "ConfigMap");
    map.putObject("metadata")
        .put("name", generator.path("name").asText())
        .put("namespace", edit.apply(generator.path("namespace").asText()))
        .set("labels", generator.at("/options/labels"));
    ObjectNode data = map.putObject("data");
    for (JsonNode file : generator.path("files")) {
      data.put(file.asText(), text(within(folder, file.asText())));
    }
    return map;
  }

  private static JsonNode kustomization(Path folder, UnaryOperator<String> edit) {
    Path file =
        Stream.of("kustomization.yaml", "kustomization.yml", "Kustomization")
            .map(folder::resolve)
            .filter(Files::exists)
            .findFirst()
            .orElseThrow(() -> new AssertionError(folder + " is no kustomization"));
    JsonNode kustomization = Manifests.parse(text(file, edit)).all().getFirst();
    Set<String> keys = new TreeSet<>();
    kustomization.fieldNames().forEachRemaining(keys::add);
    keys.removeAll(KNOWN);
    if (!keys.isEmpty()) {
      throw new AssertionError("this test does not know what kustomize does for " + keys);
    }
    return kustomization;
  }

  private static Path within(Path folder, String name) {
    Path path = folder.resolve(name).normalize();
    if (!Files.isDirectory(path) && !path.startsWith(folder.normalize())) {
      throw new AssertionError("kustomize reads no file from outside " + folder + ": " + path);
    }
    if (folder.normalize().startsWith(path)) {
      throw new AssertionError("kustomize takes no folder that contains " + folder + ": " + path);
    }
    return path;
  }

  private String text(Path file) {
    return text(file, edit);
  }

  private static String text(Path file, UnaryOperator<String> edit) {
    try {
      return edit.apply(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
