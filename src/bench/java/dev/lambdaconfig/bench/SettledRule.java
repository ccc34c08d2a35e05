package dev.lambdaconfig.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The condition by which a resource says that its function is as its spec says.
 *
 * @param condition its type
 * @param status its status; True if there is none
 * @param generation where the generation stands that it is about
 */
record SettledRule(
    String condition, @Nullable String status, @Nullable ObservedGeneration generation) {

  /** Where a status says which generation it is about. */
  enum ObservedGeneration {
    @JsonProperty("condition")
    CONDITION,
    @JsonProperty("status")
    STATUS,
    @JsonProperty("none")
    NONE
  }

  /** Whether a status says which generation it is about. */
  boolean namesGeneration() {
    return generation != null && generation != ObservedGeneration.NONE;
  }

  /** Whether it holds for the spec that the resource has now, as far as its status says. */
  boolean holds(GenericKubernetesResource resource) {
    if (!(resource.get("status") instanceof Map<?, ?> now)
        || !(now.get("conditions") instanceof List<?> conditions)) {
      return false;
    }
    return conditions.stream()
        .filter(Map.class::isInstance)
        .map(Map.class::cast)
        .anyMatch(
            each ->
                condition.equals(each.get("type"))
                    && Objects.requireNonNullElse(status, "True").equals(each.get("status"))
                    && isCurrent(resource, now, each));
  }

  private boolean isCurrent(
      GenericKubernetesResource resource, Map<?, ?> now, Map<?, ?> withinConditions) {
    if (!namesGeneration()) {
      return true;
    }
    Object observed =
        (generation == ObservedGeneration.STATUS ? now : withinConditions)
            .get("observedGeneration");
    return observed instanceof Number number
        && number.longValue() == resource.getMetadata().getGeneration();
  }
}
