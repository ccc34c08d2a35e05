package dev.lambdaconfig.controller.rollout;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.controller.rollout.breaker.BreakerLevel;
import dev.lambdaconfig.controller.rollout.breaker.CircuitBreaker.Trip;
import dev.lambdaconfig.kube.ReconcileRequest;

/** The text of conditions and Events about paused updates. */
final class PauseMessage {

  private PauseMessage() {}

  /**
   * Describes a pause, and how to end it. It names no other namespace, and nothing that another one
   * requested.
   *
   * @param resource the resource that reports it
   * @param place account and Region
   */
  static String of(BreakerLevel level, Trip pause, LambdaFunctionConfig resource, String place) {
    String namespace = resource.getMetadata().getNamespace();
    String why =
        switch (level) {
          case NAMESPACE ->
              "updates of namespace %s in %s are paused: %d of its last %d failed with %s"
                  .formatted(namespace, place, pause.failed(), pause.of(), pause.reason());
          case ALL ->
              ("updates of all namespaces in %s are paused: %d of the last %d of the same"
                      + " fields, in several namespaces, failed alike with %s")
                  .formatted(place, pause.failed(), pause.of(), pause.reason());
        };
    return why
        + "; one is retried every %d minutes. Correct the common cause; to resume those of"
            .formatted(pause.length().toMinutes())
        + " namespace %s at once, kubectl annotate lfc -n %s %s %s=\"$(date +%%s)\""
            .formatted(
                namespace, namespace, resource.getMetadata().getName(), ReconcileRequest.RELEASE)
        + " --overwrite";
  }
}
