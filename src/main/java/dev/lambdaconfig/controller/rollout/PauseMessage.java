package dev.lambdaconfig.controller.rollout;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.controller.rollout.CircuitBreaker.Trip;
import dev.lambdaconfig.controller.rollout.RegionBreakers.Level;
import dev.lambdaconfig.kube.ReconcileRequest;

/** The text of conditions and Events of updates that are held back. */
final class PauseMessage {

  private PauseMessage() {}

  /**
   * Says why updates are held back, and how to let them go on. No other namespace is named, and
   * nothing of what it asked for.
   *
   * @param resource the resource that is told
   * @param place account and Region
   */
  static String of(Level level, Trip pause, LambdaFunctionConfig resource, String place) {
    String namespace = resource.getMetadata().getNamespace();
    String why =
        switch (level) {
          case NAMESPACE ->
              "updates of namespace %s in %s are paused: %d of its last %d ended with %s"
                  .formatted(namespace, place, pause.failed(), pause.of(), pause.reason());
          case ALL ->
              ("updates of all namespaces in %s are paused: %d of the last %d of the same fields,"
                      + " in several namespaces, ended alike with %s")
                  .formatted(place, pause.failed(), pause.of(), pause.reason());
        };
    return why
        + "; one is tried again every %d minutes. Correct what they have in common; to let those of"
            .formatted(pause.length().toMinutes())
        + " namespace %s go on at once, kubectl annotate lfc -n %s %s %s=\"$(date +%%s)\""
            .formatted(
                namespace, namespace, resource.getMetadata().getName(), ReconcileRequest.RELEASE)
        + " --overwrite";
  }
}
