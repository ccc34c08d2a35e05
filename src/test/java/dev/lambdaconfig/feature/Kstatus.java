package dev.lambdaconfig.feature;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The status that {@code kubectl wait}, Flux and Argo CD compute for a resource of an unknown kind,
 * by the rules of {@code sigs.k8s.io/cli-utils/pkg/kstatus}, for resources without rules of their
 * own.
 */
enum Kstatus {
  CURRENT,
  IN_PROGRESS,
  FAILED,
  TERMINATING;

  static Kstatus of(GenericKubernetesResource resource) {
    if (resource.getMetadata().getDeletionTimestamp() != null) {
      return TERMINATING;
    }
    Object observed = resource.get("status", "observedGeneration");
    if (observed instanceof Number generation
        && generation.longValue() != resource.getMetadata().getGeneration()) {
      return IN_PROGRESS;
    }
    for (Map<String, String> condition : conditions(resource)) {
      boolean holds = "True".equals(condition.get("status"));
      if (holds && "Reconciling".equals(condition.get("type"))) {
        return IN_PROGRESS;
      }
      if (holds && "Stalled".equals(condition.get("type"))) {
        return FAILED;
      }
    }
    String ready = condition(resource, "Ready");
    return "False".equals(ready) || "Unknown".equals(ready) ? IN_PROGRESS : CURRENT;
  }

  /** The status of a condition, or null where there is none. */
  static @Nullable String condition(GenericKubernetesResource resource, String type) {
    return conditions(resource).stream()
        .filter(condition -> type.equals(condition.get("type")))
        .map(condition -> condition.get("status"))
        .findFirst()
        .orElse(null);
  }

  static List<Map<String, String>> conditions(GenericKubernetesResource resource) {
    List<Map<String, String>> conditions = resource.get("status", "conditions");
    return Objects.requireNonNullElse(conditions, List.of());
  }
}
