package dev.lambdaconfig.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.build.GenerateInstallFile;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The one-file installation of the build has the objects of the default installation. */
final class InstallFileTest {

  @Test
  void itHasTheObjectsOfTheKustomizationInTheirOrder() throws IOException {
    Manifests objects = Kustomize.build(Kustomize.FOLDER);
    String image = objects.container().getImage();

    assertThat(Manifests.parse(GenerateInstallFile.text(Path.of(""), image))).isEqualTo(objects);
    assertThat(objects.names())
        .startsWith(
            "CustomResourceDefinition /lambdafunctionconfigs.lambdaconfig.dev",
            "Namespace /lambda-config-system");
  }

  @Test
  void itHasTheImageOfTheRelease() throws IOException {
    String image = "registry.example.com/operators/lambda-config-operator@sha256:" + "0".repeat(64);

    String text = GenerateInstallFile.text(Path.of(""), image);

    assertThat(Manifests.parse(text).container().getImage()).isEqualTo(image);
    assertThat(text).startsWith("# kubectl apply --server-side -f install.yaml\n---\n");
  }
}
