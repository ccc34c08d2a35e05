package dev.lambdaconfig.demo;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.cluster.ApiServer;
import dev.lambdaconfig.cluster.Source;
import dev.lambdaconfig.kube.status.ServerSideApplyStatusStore;
import dev.lambdaconfig.kube.status.StatusStore;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/** A real API server: started for the demo, or a cluster that the user named. */
final class RealCluster implements DemoCluster {

  private static final Duration LIMIT = Duration.ofSeconds(15);

  private final ApiServer server;
  private final boolean given;
  private final boolean crdWasThere;
  private final List<HasMetadata> created = new ArrayList<>();

  private RealCluster(ApiServer server, boolean given, boolean crdWasThere) {
    this.server = server;
    this.given = given;
    this.crdWasThere = crdWasThere;
  }

  static RealCluster start(Source source, Path crd) {
    ApiServer server = ApiServer.start(source);
    try {
      boolean crdIsThere = crd(server.client()).get() != null;
      if (crdIsThere && !resources(server.client()).list().getItems().isEmpty()) {
        throw new StepFailed(
            "The given cluster has LambdaFunctionConfigs in namespace "
                + ResourceWatch.NAMESPACE
                + ": the demo would write their statuses, so it wants a throw-away cluster");
      }
      server.applyCrd(crd);
      // A new API server creates its own namespaces a moment after it is ready.
      Awaitility.await()
          .atMost(LIMIT)
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(50))
          .until(
              () -> server.client().namespaces().withName(ResourceWatch.NAMESPACE).get() != null);
      return new RealCluster(server, source instanceof Source.Given, crdIsThere);
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  private static Resource<CustomResourceDefinition> crd(KubernetesClient client) {
    return client
        .apiextensions()
        .v1()
        .customResourceDefinitions()
        .withName("lambdafunctionconfigs." + LambdaFunctionConfig.GROUP);
  }

  private static NonNamespaceOperation<
          LambdaFunctionConfig,
          KubernetesResourceList<LambdaFunctionConfig>,
          Resource<LambdaFunctionConfig>>
      resources(KubernetesClient client) {
    return client.resources(LambdaFunctionConfig.class).inNamespace(ResourceWatch.NAMESPACE);
  }

  @Override
  public String describe() {
    return server.describe();
  }

  @Override
  public List<String> shortcomings() {
    return List.of();
  }

  @Override
  public Path kubeconfig() {
    return server.kubeconfig();
  }

  @Override
  public KubernetesClient client() {
    return server.client();
  }

  @Override
  public KubernetesClient newClient() {
    return new KubernetesClientBuilder()
        .withConfig(Config.fromKubeconfig(server.kubeconfig().toFile()))
        .build();
  }

  @Override
  public StatusStore statuses(KubernetesClient client) {
    return new ServerSideApplyStatusStore(client);
  }

  @Override
  public void apply(GenericKubernetesResource manifest) {
    client()
        .resource(manifest)
        .inNamespace(ResourceWatch.NAMESPACE)
        .fieldValidation(Validation.STRICT)
        .fieldManager("kubectl")
        .serverSideApply();
  }

  @Override
  public void create(HasMetadata object) {
    created.add(client().resource(object).inNamespace(ResourceWatch.NAMESPACE).create());
  }

  @Override
  public boolean validates() {
    return true;
  }

  /** Closes the server, and removes everything that the demo created in a named cluster. */
  @Override
  public void close() {
    try {
      if (given) {
        var unused = resources(client()).delete();
        for (HasMetadata object : created) {
          unused = client().resource(object).delete();
        }
        if (!crdWasThere) {
          unused = crd(client()).delete();
        }
      }
    } finally {
      server.close();
    }
  }
}
