package dev.lambdaconfig.kube;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.lambdaconfig.api.StoredJson;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of a resource's metadata that the cache does not keep. It is picked from the text of the
 * API server's answer: a tree of all labels and fields would take 20 times the memory of a
 * resource, which can have a megabyte and a half of them.
 *
 * @param restoreFinalizer the place of {@link RestoreFinalizer#NAME} in the finalizers, or -1
 * @param statusManagers the field managers that own a part of the status
 */
public record StoredMetadata(int restoreFinalizer, List<StatusManager> statusManagers) {

  private static final JsonFactory JSON = StoredJson.factory();

  /**
   * A field manager that owns a part of the status.
   *
   * @param operation {@code Apply} or {@code Update}
   * @param ownsGeneration whether {@code observedGeneration} is among what it owns
   */
  public record StatusManager(String name, String operation, boolean ownsGeneration) {}

  /** Copies the list. */
  public StoredMetadata {
    statusManagers = List.copyOf(statusManagers);
  }

  /** The metadata of the first resource of a list as the API server returns it, or null. */
  public static @Nullable StoredMetadata in(String list) {
    try (JsonParser json = JSON.createParser(list)) {
      json.nextToken();
      if (!StoredJson.toMember(json, "items") || json.nextToken() != JsonToken.START_OBJECT) {
        return null;
      }
      return StoredJson.toMember(json, "metadata")
          ? metadata(json)
          : new StoredMetadata(-1, List.of());
    } catch (IOException e) {
      // The message of the cause repeats what it could not read.
      throw new KubernetesClientException("the API server's answer is not JSON");
    }
  }

  private static StoredMetadata metadata(JsonParser json) throws IOException {
    int finalizer = -1;
    List<StatusManager> managers = new ArrayList<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String member = json.currentName();
      json.nextToken();
      switch (member) {
        case "finalizers" -> finalizer = place(json, RestoreFinalizer.NAME);
        case "managedFields" -> {
          while (json.nextToken() == JsonToken.START_OBJECT) {
            StatusManager manager = manager(json);
            if (manager != null) {
              managers.add(manager);
            }
          }
        }
        default -> json.skipChildren();
      }
    }
    return new StoredMetadata(finalizer, managers);
  }

  private static int place(JsonParser json, String text) throws IOException {
    int found = -1;
    for (int place = 0; json.nextToken() == JsonToken.VALUE_STRING; place++) {
      if (found < 0 && json.getText().equals(text)) {
        found = place;
      }
    }
    return found;
  }

  /** The manager of an entry, or null where it owns nothing of the status. */
  private static @Nullable StatusManager manager(JsonParser json) throws IOException {
    String name = "";
    String operation = "";
    boolean ofStatus = false;
    boolean ownsAny = false;
    boolean ownsGeneration = false;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String member = json.currentName();
      json.nextToken();
      switch (member) {
        case "manager" -> name = json.getText();
        case "operation" -> operation = json.getText();
        case "subresource" -> ofStatus = json.getText().equals("status");
        case "fieldsV1" -> {
          while (StoredJson.toMember(json, "f:status")) {
            while (json.nextToken() == JsonToken.FIELD_NAME) {
              ownsAny = true;
              ownsGeneration |= json.currentName().equals("f:observedGeneration");
              json.nextToken();
              json.skipChildren();
            }
          }
        }
        default -> json.skipChildren();
      }
    }
    return ofStatus && ownsAny ? new StatusManager(name, operation, ownsGeneration) : null;
  }
}
