package dev.lambdaconfig.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The CRD in the chart. */
final class ChartCrdTest {

  private static final String CRD = "lambdafunctionconfigs.lambdaconfig.dev.yaml";

  @Test
  void installsTheGeneratedCrdUnchangedAndKeepsIt() throws IOException {
    var crd = Chart.render("").only(CustomResourceDefinition.class);

    // Compared as objects: Helm writes the same number differently.
    var generated = Manifests.parse(Files.readString(Path.of("crds", CRD)));
    var expected = generated.only(CustomResourceDefinition.class);
    assertThat(crd.getSpec().equals(expected.getSpec())).isTrue();
    assertThat(crd.getMetadata().getName()).isEqualTo(expected.getMetadata().getName());
    assertThat(crd.getMetadata().getAnnotations())
        .containsOnly(
            Map.entry("helm.sh/resource-policy", "keep"),
            Map.entry("argocd.argoproj.io/sync-options", "Prune=false"));
  }

  @Test
  void carriesTheGeneratedCrd() {
    assertThat(Chart.FOLDER.resolve("files").resolve(CRD))
        .hasSameTextualContentAs(Path.of("crds", CRD));
  }

  @Test
  void removesTheCrdWithTheReleaseOnlyWhenTold() {
    var crd = Chart.render("crds: {keep: false}").only("CustomResourceDefinition");

    assertThat(crd.path("metadata").has("annotations")).isFalse();
    assertThat(Chart.render("crds: {install: false}").kinds())
        .doesNotContainKey("CustomResourceDefinition");
  }

  @Test
  void refusesAKubernetesThatDoesNotTakeTheCrd() {
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> Chart.render("lco", "here", "", "1.29.9"))
        .withMessageContaining("1.30");
  }

  @Test
  void takesTheVersionOfTheVendorsKubernetes() {
    assertThat(Chart.render("lco", "here", "", "v1.30.0-eks-1234567").all()).isNotEmpty();
  }
}
