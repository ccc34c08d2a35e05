package dev.lambdaconfig.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.zjsonpatch.JsonPatch;
import java.util.List;
import java.util.Set;

/** What a kustomization changes in the objects before it, in the order of kustomize. */
final class KustomizeTransformers {

  private static final Set<String> CLUSTER_WIDE =
      Set.of("Namespace", "CustomResourceDefinition", "ClusterRole", "ClusterRoleBinding");

  private KustomizeTransformers() {}

  static void transform(JsonNode kustomization, List<ObjectNode> objects) {
    for (JsonNode patch : kustomization.path("patches")) {
      patch(patch, objects);
    }
    if (kustomization.has("namespace")) {
      move(kustomization.path("namespace").asText(), objects);
    }
    if (kustomization.has("nameSuffix")) {
      objects.forEach(object -> rename(object, kustomization.path("nameSuffix").asText()));
    }
    for (JsonNode labels : kustomization.path("labels")) {
      objects.forEach(object -> label(object, labels));
    }
  }

  private static void patch(JsonNode patch, List<ObjectNode> objects) {
    JsonNode target = patch.path("target");
    JsonNode content = Manifests.tree(patch.path("patch").asText());
    boolean found = false;
    for (int index = objects.size() - 1; index >= 0; index--) {
      ObjectNode object = objects.get(index);
      if (isSelected(object, target)) {
        found = true;
        if (content.isArray()) {
          objects.set(index, (ObjectNode) JsonPatch.apply(content, object));
        } else if (content.path("$patch").asText().equals("delete")) {
          objects.remove(index);
        } else {
          throw new AssertionError("this test does not know strategic merge patches: " + content);
        }
      }
    }
    if (!found) {
      throw new AssertionError("nothing is selected by " + target);
    }
  }

  private static boolean isSelected(JsonNode object, JsonNode target) {
    String[] label = target.path("labelSelector").asText("=").split("=", -1);
    return object.path("kind").equals(target.path("kind"))
        && (!target.has("name") || object.at("/metadata/name").equals(target.path("name")))
        && object.at("/metadata/labels").path(label[0]).asText().equals(label[1]);
  }

  private static void move(String namespace, List<ObjectNode> objects) {
    for (ObjectNode object : objects) {
      if (CLUSTER_WIDE.contains(Manifests.kind(object))) {
        throw new AssertionError("this test does not know how kustomize moves " + object);
      }
      ((ObjectNode) object.path("metadata")).put("namespace", namespace);
    }
  }

  private static void rename(ObjectNode object, String suffix) {
    if (!Set.of("Deployment", "Service").contains(Manifests.kind(object))) {
      throw new AssertionError("this test does not know what refers to " + object);
    }
    ObjectNode metadata = (ObjectNode) object.path("metadata");
    metadata.put("name", metadata.path("name").asText() + suffix);
  }

  private static void label(ObjectNode object, JsonNode labels) {
    if (!labels.path("includeSelectors").asBoolean()) {
      throw new AssertionError("this test knows labels that are selected only: " + labels);
    }
    ObjectNode pairs = (ObjectNode) labels.path("pairs");
    object.withObject("/metadata/labels").setAll(pairs);
    switch (Manifests.kind(object)) {
      case "Deployment" -> {
        object.withObject("/spec/selector/matchLabels").setAll(pairs);
        object.withObject("/spec/template/metadata/labels").setAll(pairs);
      }
      case "Service" -> object.withObject("/spec/selector").setAll(pairs);
      default -> throw new AssertionError("this test does not know what selects " + object);
    }
  }
}
