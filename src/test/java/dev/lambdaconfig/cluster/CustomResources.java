package dev.lambdaconfig.cluster;

import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** Applies CRDs to a server, and waits until it serves them. */
final class CustomResources {

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String FIELD_MANAGER = "test-setup";

  private CustomResources() {}

  static void apply(KubernetesClient client, Path yaml) {
    var definition = read(yaml);
    client.resource(definition).fieldManager(FIELD_MANAGER).forceConflicts().serverSideApply();
    client
        .resource(definition)
        .waitUntilCondition(CustomResources::established, LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    // "Established" is recorded a moment before every request finds the new path.
    Awaitility.await()
        .atMost(LIMIT)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> served(client, definition));
  }

  private static CustomResourceDefinition read(Path yaml) {
    try {
      return Serialization.unmarshal(Files.readString(yaml), CustomResourceDefinition.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean established(CustomResourceDefinition definition) {
    return definition != null
        && definition.getStatus() != null
        && definition.getStatus().getConditions() != null
        && definition.getStatus().getConditions().stream()
            .anyMatch(
                condition ->
                    condition.getType().equals("Established")
                        && condition.getStatus().equals("True"));
  }

  private static boolean served(KubernetesClient client, CustomResourceDefinition definition) {
    try {
      client
          .genericKubernetesResources(CustomResourceDefinitionContext.fromCrd(definition))
          .inAnyNamespace()
          .list(new ListOptionsBuilder().withLimit(1L).build());
      return true;
    } catch (KubernetesClientException e) {
      if (e.getCode() == 404) {
        return false;
      }
      throw e;
    }
  }
}
