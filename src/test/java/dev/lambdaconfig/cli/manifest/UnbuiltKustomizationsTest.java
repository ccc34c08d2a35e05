package dev.lambdaconfig.cli.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Directories whose files are not what {@code kubectl apply -k} would apply. */
final class UnbuiltKustomizationsTest {

  private static final String HEAD =
      "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n";

  @TempDir private Path folder = Path.of("");

  private ManifestSet directory(String kustomization) throws IOException {
    Files.writeString(folder.resolve("orders.yaml"), "{apiVersion: v1, kind: Pod}");
    Files.writeString(folder.resolve("kustomization.yaml"), kustomization);
    return Manifests.read(List.of(folder.toString()), InputStream.nullInputStream());
  }

  private String note(String missing) {
    return folder.resolve("kustomization.yaml")
        + ": this kustomization is not applied ("
        + missing
        + "), so files count as they are written: pipe what kustomize build "
        + folder
        + " prints to -f -";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "patches: []\\nnamePrefix: x-                | patches, namePrefix",
        "resources: [../base]                        | resources of other directories",
        "resources: ['github.com/example/base?ref=1'] | resources of other directories",
        "{a: 1, b: 1, c: 1, d: 1, e: 1, f: 1, g: 1}  | a, b, c, d, e and 2 more",
      })
  void aKustomizationThatChangesWhatIsAppliedIsNoted(String text, String missing)
      throws IOException {
    String lines = text.replace("\\n", "\n");
    ManifestSet set = directory(lines.startsWith("{") ? lines : HEAD + lines);

    assertThat(set.notes()).containsExactly(note(missing));
    assertThat(set.problems()).isEmpty();
    assertThat(set.skippedKinds()).containsEntry("Kustomization", 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "resources: [orders.yaml]", "metadata: {name: all}\nresources: []"})
  void aKustomizationThatListsItsFilesIsNot(String text) throws IOException {
    assertThat(directory(HEAD + text).notes()).isEmpty();
  }

  @Test
  void aKustomizationOfFluxIsAnotherKind() throws IOException {
    ManifestSet set =
        directory("apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\npatches: []");

    assertThat(set.notes()).isEmpty();
    assertThat(set.skippedKinds()).containsEntry("Kustomization", 1);
  }

  @Test
  void aKustomizationOnStandardInputIsNoDirectory() {
    byte[] text = (HEAD + "patches: []").getBytes(StandardCharsets.UTF_8);

    assertThat(Manifests.read(List.of("-"), new ByteArrayInputStream(text)).notes()).isEmpty();
  }

  @Test
  void notesAreBoundedAndSafeToPrint() throws IOException {
    for (int number = 0; number < 12; number++) {
      Path below = Files.createDirectory(folder.resolve("f" + number));
      Files.writeString(below.resolve("kustomization.yml"), "\"\\e[31m\": 1");
    }

    assertThat(directory(HEAD).noteLines())
        .hasSize(11)
        .allMatch(line -> line.startsWith("note: "))
        .noneMatch(line -> line.contains("\u001b"))
        .last()
        .isEqualTo("note: and 2 more kustomizations in the same way");
  }

  @Test
  void aChartIsToBeRenderedFirst() throws IOException {
    Files.writeString(folder.resolve("Chart.yaml"), "apiVersion: v2\nname: shop\nversion: 1.0.0");

    assertThat(directory(HEAD).problems())
        .extracting(ManifestProblem::message)
        .containsExactly(
            "this is a Helm chart, whose templates are not rendered: pipe what helm template"
                + " prints to -f -");
  }
}
