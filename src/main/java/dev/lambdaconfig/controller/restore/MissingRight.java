package dev.lambdaconfig.controller.restore;

import dev.lambdaconfig.controller.state.Step;
import dev.lambdaconfig.controller.state.Verdict;
import dev.lambdaconfig.decision.Decision;
import dev.lambdaconfig.kube.AdmissionRefusal;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;

/** Writes that {@code deletionPolicy: Restore} needs, and that the API server refuses. */
final class MissingRight {

  /** The operator may not do what {@code Restore} needs. */
  static final String FORBIDDEN = "RestoreForbidden";

  /** The operator may do it, and a quota or a policy of the cluster refuses it. */
  static final String REFUSED = "RestoreRefused";

  /** The right to the Secrets of the operator's own namespace. */
  static final String SECRETS = "create, get, list and delete secrets";

  /** The right to finalizers. */
  static final String FINALIZERS = "patch lambdafunctionconfigs.lambdaconfig.dev";

  /** Delay after a refusal: roles and quotas are mended without notice. */
  static final Duration RECHECK = Duration.ofMinutes(1);

  private MissingRight() {}

  /** Ends stalled where a write is refused, and else with the failure itself. */
  static Verdict verdict(
      Step step, KubernetesClientException failure, String right, String namespace) {
    AdmissionRefusal refusal = AdmissionRefusal.of(failure);
    if (refusal != null) {
      return Verdict.decide(
          step, new Decision.Stalled(REFUSED, message(refusal, right, namespace), RECHECK));
    }
    return failure.getCode() == HttpURLConnection.HTTP_FORBIDDEN
        ? Verdict.decide(step, new Decision.Stalled(FORBIDDEN, message(right, namespace), RECHECK))
        : Verdict.failed(step, failure);
  }

  private static String message(AdmissionRefusal refusal, String right, String namespace) {
    return "deletionPolicy: Restore has to "
        + right
        + " in namespace "
        + namespace
        + ", and it is refused by "
        + refusal.by()
        + ": let it through there, or set deletionPolicy: Retain";
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
