package dev.lambdaconfig.feature;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lambdaconfig.cluster.ApiServer;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.awaitility.Awaitility;

/** A CRD without the members of later releases. */
final class OlderDefinition {

  private OlderDefinition() {}

  /**
   * Applies a CRD, and waits until it is served.
   *
   * @param members the paths of the members that it lacks, such as {@code status.history.cause}
   */
  static void serve(ApiServer server, Path folder, Collection<String> members) throws IOException {
    CustomResourceDefinition older =
        Serialization.unmarshal(
            Files.readString(OperatorExtension.CRD), CustomResourceDefinition.class);
    JSONSchemaProps root =
        older.getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema();
    members.forEach(member -> remove(root, List.of(member.split("\\.", -1))));
    Path file = folder.resolve("older.yaml");
    Files.writeString(file, Serialization.asYaml(older));
    server.applyCrd(file);
    Awaitility.await("the older definition to be served")
        .atMost(Duration.ofMinutes(1))
        .until(
            () -> {
              String document = server.client().raw("/openapi/v3/apis/lambdaconfig.dev/v1alpha1");
              return document != null
                  && members.stream().noneMatch(member -> isServed(document, member));
            });
  }

  private static void remove(JSONSchemaProps schema, List<String> path) {
    JSONSchemaProps within =
        schema.getItems() == null ? schema : requireNonNull(schema.getItems().getSchema());
    if (path.size() > 1) {
      remove(
          requireNonNull(within.getProperties().get(path.getFirst())),
          path.subList(1, path.size()));
      return;
    }
    within.getProperties().remove(path.getFirst());
    // A rule about what the older release did not have.
    within
        .getXKubernetesValidations()
        .removeIf(rule -> rule.getRule().contains("self." + path.getFirst()));
  }

  private static boolean isServed(String document, String member) {
    for (JsonNode schema :
        Serialization.unmarshal(document, JsonNode.class).at("/components/schemas")) {
      JsonNode found = schema;
      for (String step : member.split("\\.", -1)) {
        found = (found.has("items") ? found.path("items") : found).path("properties").path(step);
      }
      if (!found.isMissingNode()) {
        return true;
      }
    }
    return false;
  }
}
