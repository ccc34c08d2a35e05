package dev.lambdaconfig.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.InstallCommand;
import dev.lambdaconfig.cluster.ApiServer;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A cluster has one CRD: an installation of the chart that meets another owner's CRD fails and says
 * what to do.
 */
class CrdOwnershipIT {

  private static final Path CRD = Path.of("crds", "lambdafunctionconfigs.lambdaconfig.dev.yaml");
  private static final String CRD_OF_CHART = "files/lambdafunctionconfigs.lambdaconfig.dev.yaml";
  private static final String PROPERTIES =
      "/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties";
  private static final String NAME = "lambdafunctionconfigs.lambdaconfig.dev";

  private static ApiServer server = unset();

  private String namespace = "";

  @SuppressWarnings("NullAway") // set before the first test
  private static ApiServer unset() {
    return null;
  }

  /** Starts a separate API server: the other tests need the CRD of theirs. */
  @BeforeAll
  static void start() {
    server = ApiServer.separate();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void namespace() {
    namespace = server.freshNamespace("releases");
  }

  @AfterEach
  void removeTheCrd() {
    crds().delete();
    Awaitility.await("the CRD to be gone")
        // The API server tries again at growing intervals where it could not list what there is of
        // it.
        .atMost(Duration.ofMinutes(5))
        .until(() -> crds().get() == null);
  }

  @Test
  void aReleaseInstallsTheCrdAndIsUpgraded() {
    // When
    install("first", each -> each);

    // Then
    assertThat(crd().getMetadata().getAnnotations())
        .containsEntry("meta.helm.sh/release-name", "first")
        .containsEntry("meta.helm.sh/release-namespace", namespace);
    var upgraded =
        new Helm(Chart.FOLDER)
            .upgrade()
            .withName("first")
            .withNamespace(namespace)
            .withKubeConfig(server.kubeconfig())
            .set("workers", 8)
            .call();
    assertThat(upgraded.getRevision()).isEqualTo("2");
  }

  @Test
  void aSecondReleaseIsToldWhoseTheCrdIsAndWorksWithoutIt() {
    // Given
    install("first", each -> each);

    // When, Then
    requireRefusal("second", "belongs to the release first in namespace " + namespace);
    install("second", each -> each.set("crds.install", false));
    assertThat(crd().getMetadata().getAnnotations())
        .containsEntry("meta.helm.sh/release-name", "first");
  }

  @Test
  void whereKubectlInstalledTheCrdAReleaseIsToldSoAndWorksWithoutIt() {
    // Given
    server.applyCrd(CRD);

    // When, Then
    requireRefusal("first", "was not installed by Helm");
    install("first", each -> each.set("crds.install", false));
    assertThat(crd().getMetadata().getAnnotations()).isNullOrEmpty();
  }

  @Test
  void whoAdoptsTheCrdLeavesTheRestToHelm() {
    // Given
    server.applyCrd(CRD);

    // When, Then: Helm's own question, which --take-ownership answers
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> install("first", each -> each.set("crds.adopt", true)))
        .withMessageContaining("invalid ownership metadata");

    // And when it is given over by hand
    crds()
        .edit(
            crd -> {
              crd.getMetadata().setLabels(Map.of("app.kubernetes.io/managed-by", "Helm"));
              crd.getMetadata()
                  .setAnnotations(
                      Map.of(
                          "meta.helm.sh/release-name",
                          "first",
                          "meta.helm.sh/release-namespace",
                          namespace));
              return crd;
            });

    // Then
    install("first", each -> each);
  }

  @Test
  void aKeptCrdIsTakenUpByTheSameReleaseWithTheResources() {
    // Given
    install("first", each -> each);
    String uid = createResource();

    // When
    var unused =
        Helm.uninstall("first").withNamespace(namespace).withKubeConfig(server.kubeconfig()).call();

    // Then
    assertThat(crd()).isNotNull();
    assertThat(resource().get().getMetadata().getUid()).isEqualTo(uid);
    install("first", each -> each);
    assertThat(resource().get().getMetadata().getUid()).isEqualTo(uid);
  }

  @Test
  void anUpgradeBringsTheSchemaOfTheNewChartAndKeepsTheResources(@TempDir Path folder)
      throws IOException {
    // Given: a chart whose CRD does not know the timeout yet
    Path older = copyOfTheChart(folder);
    JsonNode schema = Manifests.tree(Files.readString(older.resolve(CRD_OF_CHART)));
    ((ObjectNode) schema.at(PROPERTIES)).remove("timeout");
    Files.writeString(older.resolve(CRD_OF_CHART), schema.toString());
    install(older, "first", each -> each);
    assertThat(properties()).doesNotContain("timeout").contains("memorySize");
    String uid = createResource();

    // When
    var unused =
        new Helm(Chart.FOLDER)
            .upgrade()
            .withName("first")
            .withNamespace(namespace)
            .withKubeConfig(server.kubeconfig())
            .call();

    // Then
    assertThat(properties()).contains("timeout", "memorySize");
    assertThat(resource().get().getMetadata().getUid()).isEqualTo(uid);
  }

  private static Path copyOfTheChart(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(Chart.FOLDER)) {
      for (Path file : files.sorted().toList()) {
        Path copy = folder.resolve(Chart.FOLDER.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
    }
    return folder;
  }

  private static List<String> properties() {
    List<String> names = new ArrayList<>();
    Manifests.tree(server.client().getKubernetesSerialization().asJson(crd()))
        .at(PROPERTIES)
        .fieldNames()
        .forEachRemaining(names::add);
    return names;
  }

  /** Creates a resource, once its API is served, and returns its UID. */
  private String createResource() {
    return Awaitility.await("the API to be served")
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptions()
        .until(() -> resource().create().getMetadata().getUid(), uid -> uid != null);
  }

  private Resource<GenericKubernetesResource> resource() {
    return server
        .client()
        .resource(
            Manifests.parse(
                    "{apiVersion: lambdaconfig.dev/v1alpha1, kind: LambdaFunctionConfig, metadata:"
                        + " {name: orders, namespace: %s}, spec: {functionName: orders}}"
                            .formatted(namespace))
                .generic()
                .getFirst());
  }

  /**
   * Requires that a release is refused, and why. The chart looks for a CRD whose API the server
   * lists, which is a moment after it was created; until then Helm refuses it by itself.
   */
  private void requireRefusal(String release, String whose) {
    Awaitility.await("the API to be listed")
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> install(release, each -> each))
                    .withMessageContainingAll(
                        "the CRD " + NAME + " is in the cluster already",
                        whose,
                        "crds.install=false",
                        "--take-ownership --set crds.adopt=true"));
  }

  private void install(String release, UnaryOperator<InstallCommand> values) {
    install(Chart.FOLDER, release, values);
  }

  private void install(Path chart, String release, UnaryOperator<InstallCommand> values) {
    var unused =
        values
            .apply(
                new Helm(chart)
                    .install()
                    .withName(release)
                    .withNamespace(namespace)
                    .withKubeConfig(server.kubeconfig()))
            .call();
  }

  private static CustomResourceDefinition crd() {
    return crds().get();
  }

  private static Resource<CustomResourceDefinition> crds() {
    return server.client().apiextensions().v1().customResourceDefinitions().withName(NAME);
  }
}
