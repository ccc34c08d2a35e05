package dev.lambdaconfig.controller;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.lambdaconfig.api.LambdaFunctionConfig;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads from the API server only what the operator looks at: {@code managedFields} and kubectl's
 * copy of the manifest weigh more than all the rest of a resource, and every cache would hold them.
 *
 * <p>So what was read must never be sent back as a whole. The operator applies fresh objects and
 * patches.
 *
 * <p>Not an {@code ItemStore} of the informer: the framework (5.2.3) gives one and the same store
 * to the informers of all watched namespaces, and each would throw out what the others read.
 */
public final class LeanReading {

  private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

  private LeanReading() {}

  /** A new serialization, for one client. */
  public static KubernetesSerialization create() {
    ObjectMapper json = new ObjectMapper();
    json.addMixIn(ObjectMeta.class, LeanMetadata.class);
    // Looking for all kinds that there are would load some hundred classes, of which the events of
    // a watch need these; what is not registered is read into a map, and converted.
    KubernetesSerialization lean = new KubernetesSerialization(json, false);
    lean.registerKubernetesResource(LambdaFunctionConfig.class);
    lean.registerKubernetesResource(Status.class);
    return lean;
  }

  @JsonIgnoreProperties("managedFields")
  interface LeanMetadata {
    @JsonDeserialize(using = LeanAnnotations.class)
    void setAnnotations(Map<String, String> annotations);
  }

  private static final class LeanAnnotations extends JsonDeserializer<Map<String, String>> {
    @Override
    public Map<String, String> deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      Map<String, String> annotations = new LinkedHashMap<>();
      if (!parser.isExpectedStartObjectToken()) {
        context.reportWrongTokenException(
            this, JsonToken.START_OBJECT, "annotations must be a map");
      }
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        parser.nextToken();
        if (name.equals(LAST_APPLIED)) {
          parser.skipChildren();
        } else {
          annotations.put(name, parser.getValueAsString());
        }
      }
      return annotations;
    }
  }
}
