package dev.lambdaconfig.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The objects of a rendered installation, as written. */
record Manifests(List<JsonNode> all) {

  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  Manifests {
    all = List.copyOf(all);
  }

  static Manifests parse(String yaml) {
    try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
      List<JsonNode> all = new ArrayList<>();
      while (documents.hasNext()) {
        JsonNode document = documents.next();
        if (document.isObject()) {
          all.add(document);
        }
      }
      return new Manifests(all);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The only document of a text, of any type. */
  static JsonNode tree(String yaml) {
    try {
      return YAML.readTree(yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Manifests where(Predicate<JsonNode> condition) {
    return new Manifests(all.stream().filter(condition).toList());
  }

  Manifests ofKinds(String... kinds) {
    return where(object -> List.of(kinds).contains(kind(object)));
  }

  /** The number of objects of each kind. */
  Map<String, Long> kinds() {
    Map<String, Long> kinds = new TreeMap<>();
    all.forEach(object -> kinds.merge(kind(object), 1L, Long::sum));
    return kinds;
  }

  /** The only object of a kind. */
  <T extends HasMetadata> T only(Class<T> type) {
    return convert(only(type.getSimpleName()), type);
  }

  JsonNode only(String kind) {
    List<JsonNode> found = ofKinds(kind).all();
    if (found.size() != 1) {
      throw new AssertionError("there are " + found.size() + " objects of kind " + kind);
    }
    return found.getFirst();
  }

  PodSpec podSpec() {
    return only(Deployment.class).getSpec().getTemplate().getSpec();
  }

  Container container() {
    return podSpec().getContainers().getFirst();
  }

  /** The environment variables of the operator that have a plain value. */
  Map<String, String> environment() {
    return container().getEnv().stream()
        .filter(variable -> variable.getValue() != null)
        .collect(Collectors.toMap(EnvVar::getName, EnvVar::getValue));
  }

  /** Kind, namespace and name of each object. */
  List<String> names() {
    return all.stream()
        .map(
            object ->
                kind(object)
                    + " "
                    + object.at("/metadata/namespace").asText()
                    + "/"
                    + object.at("/metadata/name").asText())
        .toList();
  }

  /** All objects, including what a typed model does not know. */
  List<GenericKubernetesResource> generic() {
    return all.stream().map(object -> convert(object, GenericKubernetesResource.class)).toList();
  }

  static String kind(JsonNode object) {
    return object.path("kind").asText();
  }

  private static <T> T convert(JsonNode object, Class<T> type) {
    return Serialization.unmarshal(text(object), type);
  }

  private static String text(JsonNode object) {
    try {
      return YAML.writeValueAsString(object);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
