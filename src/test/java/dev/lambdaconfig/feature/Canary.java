package dev.lambdaconfig.feature;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.cluster.ApiServer;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;

/**
 * Values that must not be reported anywhere: all contain one word, so that one search finds them.
 */
final class Canary {

  static final String WORD = "cAnArY";

  private Canary() {}

  static String value(String name) {
    return WORD + "-" + name;
  }

  /** The statuses of a test's namespace, without managed fields, and all its Events. */
  static List<String> reportedByTheCluster(OperatorExtension operator) {
    KubernetesClient client = ApiServer.shared().client();
    List<String> told = new ArrayList<>();
    for (GenericKubernetesResource resource :
        client
            .genericKubernetesResources("lambdaconfig.dev/v1alpha1", "LambdaFunctionConfig")
            .inNamespace(operator.namespace())
            .list()
            .getItems()) {
      told.add(Serialization.asJson(requireNonNull(resource.get("status"))));
    }
    List<Event> events = client.v1().events().inNamespace(operator.namespace()).list().getItems();
    events.forEach(event -> told.add(Serialization.asJson(event)));
    return told;
  }

  static void requireNone(String told) {
    int at = told.indexOf(WORD);
    assertThat(at)
        .as(
            () ->
                "told: " + told.substring(Math.max(0, at - 600), Math.min(told.length(), at + 100)))
        .isNegative();
  }
}
