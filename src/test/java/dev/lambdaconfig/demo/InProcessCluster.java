package dev.lambdaconfig.demo;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.kube.status.StatusStore;
import io.fabric8.kubernetes.api.model.APIGroupListBuilder;
import io.fabric8.kubernetes.api.model.APIResourceListBuilder;
import io.fabric8.kubernetes.api.model.APIVersionsBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import io.fabric8.kubernetes.client.server.mock.KubernetesMixedDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.ServerRequest;
import io.fabric8.mockwebserver.ServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Fabric8's mock server in this JVM, which stores and watches resources and does nothing else. */
final class InProcessCluster implements DemoCluster {

  /** It would print every request; held here, or the garbage collector undoes the setting. */
  private static final Logger NOISE = Logger.getLogger(MockWebServer.class.getName());

  static {
    NOISE.setLevel(Level.WARNING);
    // Newer JDKs warn on the screen of what Netty does otherwise.
    System.setProperty("io.netty.noUnsafe", "true");
  }

  private static final String VERSION =
      LambdaFunctionConfig.GROUP + "/" + LambdaFunctionConfig.VERSION;

  private final KubernetesMockServer server;
  private final Path kubeconfig;
  private final KubernetesClient client;

  private InProcessCluster(KubernetesMockServer server, Path kubeconfig) {
    this.server = server;
    this.kubeconfig = kubeconfig;
    this.client = newClient();
  }

  /** {@code folder}: where the kubeconfig goes. */
  static InProcessCluster start(Path crd, Path folder) {
    Map<ServerRequest, Queue<ServerResponse>> answers = new HashMap<>();
    KubernetesMockServer server =
        new KubernetesMockServer(
            new Context(),
            new MockWebServer(),
            answers,
            new KubernetesMixedDispatcher(answers),
            false);
    server.init(InetAddress.getLoopbackAddress(), 0);
    try {
      answerDiscovery(server);
      InProcessCluster cluster = new InProcessCluster(server, kubeconfig(server, folder));
      cluster
          .client
          .resource(Serialization.unmarshal(Files.readString(crd), CustomResourceDefinition.class))
          .create();
      return cluster;
    } catch (IOException e) {
      server.destroy();
      throw new UncheckedIOException(e);
    }
  }

  private static Path kubeconfig(KubernetesMockServer server, Path folder) throws IOException {
    Path file = folder.resolve("kubeconfig");
    return Files.writeString(
        file,
        """
        apiVersion: v1
        kind: Config
        current-context: demo
        clusters: [{name: demo, cluster: {server: "http://127.0.0.1:%d"}}]
        contexts: [{name: demo, context: {cluster: demo, user: demo, namespace: default}}]
        users: [{name: demo, user: {}}]
        """
            .formatted(server.getPort()));
  }

  /** kubectl asks what there is before it asks for it; the server itself would not know. */
  private static void answerDiscovery(KubernetesMockServer server) {
    Object groups =
        new APIGroupListBuilder()
            .addNewGroup()
            .withName(LambdaFunctionConfig.GROUP)
            .addNewVersion(VERSION, LambdaFunctionConfig.VERSION)
            .withNewPreferredVersion(VERSION, LambdaFunctionConfig.VERSION)
            .endGroup()
            .build();
    Object resources =
        new APIResourceListBuilder()
            .withGroupVersion(VERSION)
            .addNewResource()
            .withName("lambdafunctionconfigs")
            .withSingularName("lambdafunctionconfig")
            .withKind("LambdaFunctionConfig")
            .withNamespaced(true)
            .withShortNames("lfc")
            .withVerbs("get", "list", "watch", "create", "update", "patch", "delete")
            .endResource()
            .build();
    Map<String, Object> answers =
        Map.of(
            "/api",
            new APIVersionsBuilder().build(),
            "/apis",
            groups,
            "/apis/" + VERSION,
            resources);
    answers.forEach(
        (path, body) -> {
          for (String query : List.of("", "?timeout=32s")) {
            server
                .expect()
                .get()
                .withPath(path + query)
                .andReturn(200, Serialization.asJson(body))
                .always();
          }
        });
  }

  @Override
  public String describe() {
    return "Fabric8's in-process server: not a real one, it only stores and watches resources";
  }

  @Override
  public List<String> shortcomings() {
    return List.of(
        "It cannot show: schema and CEL validation, server-side apply (the status is replaced),"
            + " RBAC, printer columns, tokens of ServiceAccounts; kubectl gets, watches, patches"
            + " and deletes, but does not apply or edit.");
  }

  @Override
  public Path kubeconfig() {
    return kubeconfig;
  }

  @Override
  public KubernetesClient client() {
    return client;
  }

  @Override
  public KubernetesClient newClient() {
    return new KubernetesClientBuilder()
        .withConfig(Config.fromKubeconfig(kubeconfig.toFile()))
        .build();
  }

  @Override
  public StatusStore statuses(KubernetesClient forOperator) {
    return new ReplacingStatusStore(forOperator);
  }

  @Override
  public void apply(GenericKubernetesResource manifest) {
    client
        .resource(manifest)
        .inNamespace(ResourceWatch.NAMESPACE)
        .createOr(NonDeletingOperation::update);
  }

  @Override
  public void create(HasMetadata object) {
    client.resource(object).inNamespace(ResourceWatch.NAMESPACE).create();
  }

  @Override
  public boolean validates() {
    return false;
  }

  @Override
  public void close() {
    client.close();
    server.destroy();
  }
}
