package dev.lambdaconfig.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.InstallCommand;
import dev.lambdaconfig.cluster.ApiServer;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A cluster has one CRD: an installation of the chart that meets another owner's CRD fails and says
 * what to do.
 */
class CrdOwnershipIT {

  private static final Path CRD = Path.of("crds", "lambdafunctionconfigs.lambdaconfig.dev.yaml");
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
        .atMost(Duration.ofSeconds(60))
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
  void aKeptCrdIsTakenUpByTheSameRelease() {
    // Given
    install("first", each -> each);
    var unused =
        Helm.uninstall("first").withNamespace(namespace).withKubeConfig(server.kubeconfig()).call();
    assertThat(crd()).isNotNull();

    // When, Then
    install("first", each -> each);
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
    var unused =
        values
            .apply(
                new Helm(Chart.FOLDER)
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
