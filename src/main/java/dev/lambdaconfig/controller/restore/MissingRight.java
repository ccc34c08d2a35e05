package dev.lambdaconfig.controller.restore;

import dev.lambdaconfig.controller.state.Step;
import dev.lambdaconfig.controller.state.Verdict;
import dev.lambdaconfig.decision.Decision;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;

/** Rights that {@code deletionPolicy: Restore} needs, and that RBAC does not grant. */
final class MissingRight {

  /** The operator may not do what {@code Restore} needs. */
  static final String FORBIDDEN = "RestoreForbidden";

  /** The right to the Secrets of the operator's own namespace. */
  static final String SECRETS = "create, get, list and delete secrets";

  /** The right to finalizers. */
  static final String FINALIZERS = "patch lambdafunctionconfigs.lambdaconfig.dev";

  /** Delay after a refusal: roles are mended without notice. */
  static final Duration RECHECK = Duration.ofMinutes(1);

  private MissingRight() {}

  /** Ends stalled where a right is missing, and else with the failure itself. */
  static Verdict verdict(
      Step step, KubernetesClientException failure, String right, String namespace) {
    return failure.getCode() == HttpURLConnection.HTTP_FORBIDDEN
        ? Verdict.decide(step, new Decision.Stalled(FORBIDDEN, message(right, namespace), RECHECK))
        : Verdict.failed(step, failure);
  }

  static String message(String right, String namespace) {
    return "deletionPolicy: Restore needs the right to "
        + right
        + " in namespace "
        + namespace
        + ", and RBAC does not grant it to the operator: set restore.enabled in the Helm chart, or"
        + " kubectl apply -f deploy/restore-rbac.yaml, or set deletionPolicy: Retain";
  }
}
