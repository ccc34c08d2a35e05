package dev.lambdaconfig.kube.status;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The fields of the status that the served schema has. Server-side apply refuses a whole status for
 * one field that is not declared, so an older CustomResourceDefinition would stop all updates: the
 * fields that it lacks are left out.
 *
 * <p>The fields are learned from the OpenAPI document, which every authenticated user may read, and
 * from refusals, which name the fields.
 */
public final class StatusSchema {

  /** The fields without which the operator would repeat updates, or update another function. */
  private static final Set<String> VITAL =
      Set.of("observedGeneration", "conditions", "history", "functionArn");

  private static final String DOCUMENT = "/openapi/v3/apis/" + LambdaFunctionConfig.API_VERSION;

  /** The time for which missing fields are left out before the schema is read again. */
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(30);

  private static final Pattern UNDECLARED =
      Pattern.compile("\\.status\\.([\\w.\\[\\]]+): field not declared in schema");

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The fields that this operator writes, such as {@code history[].cause}. */
  private static final Set<String> WRITTEN =
      Collections.unmodifiableSet(
          fields("", JSON.constructType(LambdaFunctionConfigStatus.class), new TreeSet<>()));

  private static final Logger LOG = LoggerFactory.getLogger(StatusSchema.class);

  private final KubernetesClient client;
  private final LongSupplier nanos;
  private volatile Set<String> missing = Set.of();
  private volatile long looked;

  /** Creates a schema that lacks no field yet. */
  public StatusSchema(KubernetesClient client, LongSupplier nanos) {
    this.client = client;
    this.nanos = nanos;
  }

  private static Set<String> fields(String prefix, JavaType type, Set<String> into) {
    for (BeanPropertyDefinition property :
        JSON.getSerializationConfig().introspect(type).findProperties()) {
      String path = prefix + property.getName();
      into.add(path);
      JavaType inner = property.getPrimaryType();
      boolean list = inner.isCollectionLikeType();
      JavaType content = list ? inner.getContentType() : inner;
      if (content.getRawClass().getPackage() == LambdaFunctionConfigStatus.class.getPackage()) {
        fields(path + (list ? "[]." : "."), content, into);
      }
    }
    return into;
  }

  /**
   * Compares the fields that are written with those that the API server serves now; changes nothing
   * if the schema cannot be read.
   */
  public void look() {
    looked = nanos.getAsLong();
    JsonNode served = served();
    if (served != null) {
      Set<String> lacking = new TreeSet<>();
      for (String field : WRITTEN) {
        if (!declares(served, field)) {
          lacking.add(field);
        }
      }
      replace(lacking);
    }
  }

  /** The schema of the status, or null where it cannot be read. */
  private @Nullable JsonNode served() {
    try {
      String document = client.raw(DOCUMENT);
      if (document == null) {
        return null;
      }
      JsonNode schemas = JSON.readTree(document).at("/components/schemas");
      for (JsonNode schema : schemas) {
        JsonNode status = schema.at("/properties/status");
        if (!status.isMissingNode() && isOurKind(schema)) {
          return status;
        }
      }
    } catch (KubernetesClientException | JsonProcessingException e) {
      LOG.atDebug().log("the served schema cannot be read", e);
    }
    return null;
  }

  private static boolean isOurKind(JsonNode schema) {
    for (JsonNode kind : schema.path("x-kubernetes-group-version-kind")) {
      if (kind.path("kind").asText().equals(LambdaFunctionConfig.class.getSimpleName())) {
        return true;
      }
    }
    return false;
  }

  private static boolean declares(JsonNode served, String field) {
    JsonNode schema = served;
    for (String step : field.split("\\.", -1)) {
      if (schema.path("x-kubernetes-preserve-unknown-fields").asBoolean()) {
        return true;
      }
      boolean list = step.endsWith("[]");
      schema = schema.path("properties").path(list ? step.substring(0, step.length() - 2) : step);
      if (list) {
        schema = schema.path("items");
      }
    }
    return !schema.isMissingNode();
  }

  /**
   * Learns from a refusal which fields are not declared.
   *
   * @return whether it named any that were not known to be missing
   */
  boolean learn(KubernetesClientException refusal) {
    Set<String> lacking = new TreeSet<>(missing);
    Matcher matcher = UNDECLARED.matcher(String.valueOf(refusal.getMessage()));
    while (matcher.find()) {
      String field = matcher.group(1).replaceAll("\\[\\d+]", "[]");
      if (WRITTEN.contains(field)) {
        lacking.add(field);
      }
    }
    looked = nanos.getAsLong();
    return replace(lacking);
  }

  private synchronized boolean replace(Set<String> lacking) {
    Set<String> before = missing;
    if (before.equals(lacking)) {
      return false;
    }
    missing = Collections.unmodifiableSet(lacking);
    if (lacking.isEmpty()) {
      LOG.info("the CustomResourceDefinition now has all fields of the status");
    } else {
      LOG.atWarn()
          .addKeyValue("missing", lacking)
          .log(
              "the CustomResourceDefinition is older than this operator, so these fields of the"
                  + " status are not written: apply the one of this operator's release");
    }
    return true;
  }

  /** The fields that are left out, as paths within the status. */
  public Set<String> missing() {
    return missing;
  }

  /** The missing fields without which no update may be sent. */
  public List<String> missingVital() {
    return missing.stream().filter(VITAL::contains).toList();
  }

  /** Whether this status would lose the baseline that restores a function. */
  boolean losesBaseline(LambdaFunctionConfigStatus status) {
    return status.baseline != null
        && missing.stream().anyMatch(field -> field.startsWith("baseline"));
  }

  /** Reads the schema again if fields are missing and the last time was long enough ago. */
  void lookAgain() {
    if (!missing.isEmpty() && nanos.getAsLong() - looked >= LOOK_AGAIN.toNanos()) {
      look();
    }
  }

  /** The status without the fields that the schema lacks. */
  LambdaFunctionConfigStatus reduced(LambdaFunctionConfigStatus status) {
    Set<String> lacking = missing;
    if (lacking.isEmpty()) {
      return status;
    }
    ObjectNode tree = JSON.valueToTree(status);
    for (String field : lacking) {
      remove(tree, List.of(field.split("\\.", -1)));
    }
    try {
      return JSON.treeToValue(tree, LambdaFunctionConfigStatus.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a status cannot be read back", e);
    }
  }

  private static void remove(JsonNode node, List<String> path) {
    if (!(node instanceof ObjectNode object)) {
      return;
    }
    String step = path.getFirst();
    if (path.size() == 1) {
      object.remove(step);
      return;
    }
    List<String> rest = path.subList(1, path.size());
    if (step.endsWith("[]")) {
      object.path(step.substring(0, step.length() - 2)).forEach(item -> remove(item, rest));
    } else {
      remove(object.path(step), rest);
    }
  }
}
