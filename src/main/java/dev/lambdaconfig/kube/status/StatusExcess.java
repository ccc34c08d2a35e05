package dev.lambdaconfig.kube.status;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.api.StoredJson;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The excess of a stored status over the one that the operator writes, as a patch that removes it:
 * an apply leaves the members and the conditions that other managers own, or own in part.
 *
 * <p>It is picked from the text of the API server's answer. The status that the operator reads
 * lacks what it cannot read, so the places of conditions would be others.
 */
final class StatusExcess {

  private static final JsonFactory FACTORY = StoredJson.factory();

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Maximum removals of one patch: the API server takes 10,000 operations. */
  private static final int MOST = 4000;

  private static final String STATUS = "/status";

  private static final String CONDITIONS = STATUS + "/conditions";

  /** A condition, by its place in the list and by the type that it must still have there. */
  private record Condition(String path, String type) {}

  /**
   * A removal.
   *
   * @param condition the condition that is removed, or of which a member is; null elsewhere
   */
  private record Removal(String path, @Nullable Condition condition) {}

  private final List<Removal> removals = new ArrayList<>();

  private StatusExcess() {}

  /**
   * The JSON patch that removes the excess of the first resource of a list, as the API server
   * returns it; null where there is none, or where the resource has another UID.
   */
  static @Nullable String patch(String list, String uid, LambdaFunctionConfigStatus sent) {
    StatusExcess excess = new StatusExcess();
    try (JsonParser json = FACTORY.createParser(list)) {
      json.nextToken();
      if (StoredJson.toMember(json, "items") && json.nextToken() == JsonToken.START_OBJECT) {
        while (StoredJson.toMember(json, "status")) {
          excess.ofMembers(json, STATUS, JSON.valueToTree(sent));
        }
      }
    } catch (IOException e) {
      // The message of the cause repeats what it could not read.
      throw new KubernetesClientException("the API server's answer is not JSON");
    }
    return excess.removals.isEmpty() ? null : excess.patch(uid);
  }

  private String patch(String uid) {
    ArrayNode patch = JSON.createArrayNode();
    // A successor of the same name keeps its status.
    patch.addObject().put("op", "test").put("path", "/metadata/uid").put("value", uid);
    // From the end, so that the places of the rest stay what they are.
    for (Removal removal : removals.reversed()) {
      Condition condition = removal.condition();
      if (condition != null) {
        // Whoever adds or removes one since the read moves the others to other places.
        patch
            .addObject()
            .put("op", "test")
            .put("path", condition.path() + "/type")
            .put("value", condition.type());
      }
      patch.addObject().put("op", "remove").put("path", removal.path());
    }
    return patch.toString();
  }

  /** Adds what the object at which the parser is has beyond another one. */
  private void ofMembers(JsonParser json, String path, JsonNode sent) throws IOException {
    if (!json.isExpectedStartObjectToken()) {
      json.skipChildren();
      return;
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String member = path + "/" + pointer(json.currentName());
      JsonNode value = sent.path(json.currentName());
      json.nextToken();
      if (value.isMissingNode()) {
        remove(member, null);
        json.skipChildren();
      } else if (member.equals(CONDITIONS) && json.isExpectedStartArrayToken()) {
        ofConditions(json, value);
      } else if (value.isObject()) {
        ofMembers(json, member, value);
      } else {
        json.skipChildren();
      }
    }
  }

  private void ofConditions(JsonParser json, JsonNode sent) throws IOException {
    for (int place = 0; json.nextToken() == JsonToken.START_OBJECT; place++) {
      String type = "";
      List<String> members = new ArrayList<>();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String member = json.currentName();
        members.add(member);
        if (json.nextToken() == JsonToken.VALUE_STRING && member.equals("type")) {
          type = json.getText();
        }
        json.skipChildren();
      }
      Condition condition = new Condition(CONDITIONS + "/" + place, type);
      JsonNode same = ofType(type, sent);
      if (same == null) {
        remove(condition.path(), condition);
      } else {
        members.stream()
            .filter(member -> !same.has(member))
            .forEach(member -> remove(condition.path() + "/" + pointer(member), condition));
      }
    }
  }

  private static @Nullable JsonNode ofType(String type, JsonNode conditions) {
    for (JsonNode condition : conditions) {
      if (condition.path("type").asText().equals(type)) {
        return condition;
      }
    }
    return null;
  }

  private void remove(String path, @Nullable Condition condition) {
    if (removals.size() < MOST) {
      removals.add(new Removal(path, condition));
    }
  }

  private static String pointer(String member) {
    return member.replace("~", "~0").replace("/", "~1");
  }
}
