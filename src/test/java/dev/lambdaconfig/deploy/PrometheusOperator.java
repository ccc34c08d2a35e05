package dev.lambdaconfig.deploy;

import dev.lambdaconfig.cluster.ApiServer;
import java.time.Duration;
import java.util.Locale;
import org.awaitility.Awaitility;

/** The kinds of the Prometheus operator, whose content the API server does not check here. */
final class PrometheusOperator {

  private PrometheusOperator() {}

  static void serve(ApiServer server) {
    for (String kind : new String[] {"ServiceMonitor", "PrometheusRule"}) {
      server
          .client()
          .resource(Manifests.parse(crd(kind)).generic().getFirst())
          .fieldManager("deploy-test")
          .serverSideApply();
      Awaitility.await(kind + " to be served")
          .atMost(Duration.ofSeconds(60))
          .ignoreExceptions()
          .until(
              () ->
                  server
                          .client()
                          .genericKubernetesResources("monitoring.coreos.com/v1", kind)
                          .inNamespace("default")
                          .list()
                      != null);
    }
  }

  private static String crd(String kind) {
    String singular = kind.toLowerCase(Locale.ROOT);
    return """
    apiVersion: apiextensions.k8s.io/v1
    kind: CustomResourceDefinition
    metadata: {name: %1$ss.monitoring.coreos.com}
    spec:
      group: monitoring.coreos.com
      names: {kind: %2$s, plural: %1$ss, singular: %1$s}
      scope: Namespaced
      versions:
        - name: v1
          served: true
          storage: true
          schema:
            openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}
    """
        .formatted(singular, kind);
  }
}
