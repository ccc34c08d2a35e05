package dev.lambdaconfig.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.ArrayList;
import java.util.List;

/**
 * What a manifest says and the API server stores otherwise or not at all, such as a default that it
 * omits. Argo CD shows each such field as a difference that no synchronization closes.
 */
final class NotStored {

  private static final ObjectMapper JSON = new ObjectMapper();

  private NotStored() {}

  /** The paths of the fields that are not stored as they are sent, each with both values. */
  static List<String> of(GenericKubernetesResource sent, GenericKubernetesResource stored) {
    List<String> found = new ArrayList<>();
    compare("", tree(sent), tree(stored), found);
    return found;
  }

  private static JsonNode tree(GenericKubernetesResource object) {
    return JSON.valueToTree(object);
  }

  private static void compare(String path, JsonNode sent, JsonNode stored, List<String> found) {
    if (sent.isObject() && stored.isObject()) {
      sent.properties()
          .forEach(
              field ->
                  compare(
                      path + "/" + field.getKey(),
                      field.getValue(),
                      stored.path(field.getKey()),
                      found));
    } else if (sent.isArray() && sent.size() == stored.size()) {
      for (int index = 0; index < sent.size(); index++) {
        compare(path + "/" + index, sent.get(index), stored.get(index), found);
      }
    } else if (sent.isNumber() && stored.isNumber()) {
      // 8.0 is stored as 8.
      if (sent.decimalValue().compareTo(stored.decimalValue()) != 0) {
        found.add(path + ": " + sent + " is stored as " + stored);
      }
    } else if (!sent.equals(stored)) {
      found.add(path + ": " + sent + " is stored as " + stored);
    }
  }
}
