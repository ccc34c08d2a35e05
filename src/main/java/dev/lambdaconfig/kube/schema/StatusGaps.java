package dev.lambdaconfig.kube.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.ArrayList;
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
 * The fields of the status that the served schema lacks. They are left out of what is written:
 * server-side apply refuses a whole status for one field that is not declared.
 *
 * <p>They are learned from the OpenAPI document, and from refusals, which name the fields.
 */
public final class StatusGaps {

  /** The fields without which the operator would repeat updates, or update another function. */
  private static final Set<String> VITAL =
      Set.of("observedGeneration", "conditions", "history", "functionArn");

  /** The time for which a field counts as missing because of a refusal. */
  private static final Duration LEARNED = Duration.ofSeconds(30);

  private static final Pattern UNDECLARED =
      Pattern.compile("\\.status\\.([\\w.\\[\\]]+): field not declared in schema");

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Logger LOG = LoggerFactory.getLogger(StatusGaps.class);

  private final LongSupplier nanos;
  private volatile Set<String> missing = Set.of();
  private @Nullable Set<String> documented;
  private @Nullable Long learned;

  StatusGaps(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** Records the fields that a new document lacks. */
  synchronized void documented(Set<String> lacking) {
    documented = lacking;
  }

  /** Takes what the document lacks, unless a refusal has just told of more. */
  synchronized void looked(long now) {
    Set<String> fields = documented;
    if (fields != null && (learned == null || now - learned >= LEARNED.toNanos())) {
      replace(fields);
    }
  }

  /**
   * Learns from a refusal which fields are not declared.
   *
   * @return whether it named any that were not known to be missing
   */
  public synchronized boolean learn(KubernetesClientException refusal) {
    Set<String> lacking = new TreeSet<>(missing);
    Matcher matcher = UNDECLARED.matcher(String.valueOf(refusal.getMessage()));
    while (matcher.find()) {
      String field = matcher.group(1).replaceAll("\\[\\d+]", "[]");
      if (SchemaMembers.STATUS.contains(field)) {
        lacking.add(field);
      }
    }
    learned = nanos.getAsLong();
    return replace(lacking);
  }

  private boolean replace(Set<String> lacking) {
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

  /**
   * The fields that this status has and that would be lost with what only they remember.
   *
   * @return the consequences, by the field
   */
  public List<String> losses(LambdaFunctionConfigStatus status) {
    List<String> losses = new ArrayList<>();
    if (status.baseline != null && lacks("baseline")) {
      losses.add("status.baseline, without which nothing could be restored");
    }
    if (status.ignoredDrift != null && lacks("ignoredDrift")) {
      losses.add("status.ignoredDrift, without which an ignored drift would be reverted");
    }
    if (status.owned != null && lacks("owned")) {
      losses.add(
          "status.owned, without which entries of the spec could not be distinguished from what"
              + " others have");
    }
    return losses;
  }

  private boolean lacks(String field) {
    return missing.stream()
        .anyMatch(
            each ->
                each.equals(field)
                    || each.startsWith(field + "[]")
                    || each.startsWith(field + "."));
  }

  /** The status without the fields that the schema lacks. */
  public LambdaFunctionConfigStatus reduced(LambdaFunctionConfigStatus status) {
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
