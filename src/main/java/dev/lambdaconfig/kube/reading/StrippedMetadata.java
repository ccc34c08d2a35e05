package dev.lambdaconfig.kube.reading;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.kube.ReconcileRequest;
import dev.lambdaconfig.kube.RestoreFinalizer;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads only the metadata of a resource that the operator uses. Anybody can add 256 KB of labels,
 * annotations, owners and finalizers to a resource, and the cache would hold them for as long as
 * the resource exists.
 */
final class StrippedMetadata extends JsonDeserializer<ObjectMeta> {

  private static final List<String> OWN = List.of(RestoreFinalizer.NAME);

  @Override
  public ObjectMeta deserialize(JsonParser parser, DeserializationContext context)
      throws IOException {
    ObjectMeta metadata = empty();
    if (!parser.isExpectedStartObjectToken()) {
      parser.skipChildren();
      return metadata;
    }
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      read(name, parser, metadata);
    }
    return metadata;
  }

  /** Metadata without the six empty collections of a new object, which take more than the rest. */
  private static ObjectMeta empty() {
    ObjectMeta metadata = new ObjectMeta();
    metadata.setFinalizers(List.of());
    metadata.setManagedFields(List.of());
    metadata.setOwnerReferences(List.of());
    metadata.setAnnotations(Map.of());
    metadata.setLabels(Map.of());
    metadata.setAdditionalProperties(Map.of());
    return metadata;
  }

  private static void read(String name, JsonParser parser, ObjectMeta metadata) throws IOException {
    switch (name) {
      case "name" -> metadata.setName(shared(parser));
      case "namespace" -> metadata.setNamespace(shared(parser));
      case "uid" -> metadata.setUid(text(parser));
      case "resourceVersion" -> metadata.setResourceVersion(text(parser));
      case "creationTimestamp" -> metadata.setCreationTimestamp(shared(parser));
      case "deletionTimestamp" -> metadata.setDeletionTimestamp(text(parser));
      case "generation" ->
          metadata.setGeneration(
              parser.currentToken() == JsonToken.VALUE_NUMBER_INT ? parser.getLongValue() : null);
      case "finalizers" -> metadata.setFinalizers(finalizers(parser));
      case "annotations" -> metadata.setAnnotations(annotations(parser));
      default -> parser.skipChildren();
    }
  }

  /**
   * One instance of a text that many resources have, or that many parts of the operator keep; the
   * JVM drops it with the last of them.
   */
  private static @Nullable String shared(JsonParser parser) throws IOException {
    String text = text(parser);
    return text == null ? null : text.intern();
  }

  private static @Nullable String text(JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      return parser.getText();
    }
    parser.skipChildren();
    return null;
  }

  /** The operator's own finalizer, if the resource has it. */
  private static List<String> finalizers(JsonParser parser) throws IOException {
    if (!parser.isExpectedStartArrayToken()) {
      parser.skipChildren();
      return List.of();
    }
    List<String> finalizers = List.of();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (RestoreFinalizer.NAME.equals(text(parser))) {
        finalizers = OWN;
      }
    }
    return finalizers;
  }

  private static @Nullable Map<String, String> annotations(JsonParser parser) throws IOException {
    if (!parser.isExpectedStartObjectToken()) {
      parser.skipChildren();
      return null;
    }
    Map<String, String> annotations = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      boolean ignoresDrift = name.equals(LambdaFunctionConfig.IGNORE_DRIFT);
      if (!ignoresDrift && !ReconcileRequest.isRead(name)) {
        parser.skipChildren();
        continue;
      }
      String value = text(parser);
      if (value != null) {
        annotations.put(
            name, ignoresDrift ? tooLongAtMost(value) : ReconcileRequest.bounded(value));
      }
    }
    return annotations.isEmpty() ? Map.of() : annotations;
  }

  /** The value of the annotation that ignores drift, cut to a length that still is too long. */
  private static String tooLongAtMost(String value) {
    int most = LambdaFunctionConfig.LONGEST_IGNORE_DRIFT + 1;
    return value.length() <= most ? value : value.substring(0, most);
  }
}
