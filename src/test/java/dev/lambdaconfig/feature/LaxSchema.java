package dev.lambdaconfig.feature;

import static java.util.Objects.requireNonNull;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.StatusCondition;
import dev.lambdaconfig.cluster.ApiServer;
import dev.lambdaconfig.kube.reading.StrippedSerialization;
import dev.lambdaconfig.status.Conditions;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The CRD without a schema, as an older release may have had it: it accepts everything. */
final class LaxSchema {

  private LaxSchema() {}

  /** The CRD with its subresource and its columns, and without any schema. */
  static Path write(Path folder) throws IOException {
    CustomResourceDefinition crd =
        Serialization.unmarshal(
            Files.readString(OperatorExtension.CRD), CustomResourceDefinition.class);
    JSONSchemaProps anything = new JSONSchemaProps();
    anything.setXKubernetesPreserveUnknownFields(true);
    var version = crd.getSpec().getVersions().getFirst();
    JSONSchemaProps root = version.getSchema().getOpenAPIV3Schema();
    root.setProperties(Map.of("spec", anything, "status", anything));
    root.setRequired(new ArrayList<>());
    // Selectable fields need the schema.
    version.setSelectableFields(List.of());
    return Files.writeString(folder.resolve("lax.yaml"), Serialization.asYaml(crd));
  }

  /** A client that reads what others do not; the caller closes it. */
  static KubernetesClient client(OperatorExtension operator) {
    return client(operator.server());
  }

  private static KubernetesClient client(ApiServer server) {
    return new KubernetesClientBuilder()
        .withConfig(Config.fromKubeconfig(server.kubeconfig().toFile()))
        .withKubernetesSerialization(StrippedSerialization.create())
        .build();
  }

  static @Nullable StatusCondition condition(
      KubernetesClient client, OperatorExtension operator, String name, String type) {
    LambdaFunctionConfig found =
        client
            .resources(LambdaFunctionConfig.class)
            .inNamespace(operator.namespace())
            .withName(name)
            .get();
    return found == null || found.getStatus() == null
        ? null
        : Conditions.find(found.getStatus().conditions, type);
  }

  /** Creates a resource from text: no client may tidy up what is sent. */
  static void create(OperatorExtension operator, String name, String spec, String status) {
    create(operator, name, "{}", spec, status);
  }

  /** The same, with annotations. */
  static void create(
      OperatorExtension operator, String name, String annotations, String spec, String status) {
    ApiServer server = operator.server();
    server
        .client()
        .raw(
            "/apis/lambdaconfig.dev/v1alpha1/namespaces/"
                + operator.namespace()
                + "/lambdafunctionconfigs",
            "POST",
            """
            {"apiVersion": "lambdaconfig.dev/v1alpha1", "kind": "LambdaFunctionConfig",
             "metadata": {"name": "%s", "annotations": %s}, "spec": %s, "status": %s}
            """
                .formatted(name, annotations, spec, "{}"));
    if (!status.equals("{}")) {
      putStatus(server, operator.namespace(), name, status);
    }
  }

  /**
   * Writes a status, as anybody with that right can: the API server drops the status of a new
   * resource.
   */
  static void putStatus(ApiServer server, String namespace, String name, String status) {
    try (KubernetesClient client = client(server)) {
      String version =
          requireNonNull(
                  client
                      .resources(LambdaFunctionConfig.class)
                      .inNamespace(namespace)
                      .withName(name)
                      .get())
              .getMetadata()
              .getResourceVersion();
      server
          .client()
          .raw(
              "/apis/lambdaconfig.dev/v1alpha1/namespaces/%s/lambdafunctionconfigs/%s/status"
                  .formatted(namespace, name),
              "PUT",
              """
              {"apiVersion": "lambdaconfig.dev/v1alpha1", "kind": "LambdaFunctionConfig",
               "metadata": {"name": "%s", "resourceVersion": "%s"}, "status": %s}
              """
                  .formatted(name, version, status));
    }
  }
}
