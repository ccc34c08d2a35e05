package dev.lambdaconfig.cli.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Directories that also have files of other tools. */
final class OtherDocumentsTest {

  private static final String ORDERS =
      "{apiVersion: lambdaconfig.dev/v1alpha1, kind: LambdaFunctionConfig, metadata: {name: a}}";
  private static final String BROKEN = "a: [";

  @TempDir private Path folder = Path.of("");

  private void file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private ManifestSet read(Path source, String... excluded) {
    return Manifests.read(
        List.of(source.toString()),
        new ExcludedFiles(List.of(excluded)),
        InputStream.nullInputStream());
  }

  private static List<String> messages(ManifestSet set) {
    return set.problems().stream().map(ManifestProblem::message).toList();
  }

  @Test
  void documentsOfOtherToolsAreCounted() throws IOException {
    file("orders.yaml", ORDERS);
    file("grafana/dashboard.json", "{\"panels\": [{\"expr\": \"lambdaconfig_updates_total\"}]}");
    file("iam/policy.json", "{\"Version\": \"2012-10-17\", \"Statement\": []}");
    file("values.yaml", "replicas: 2\nimage: {tag: v1}\n");

    ManifestSet set = read(folder);

    assertThat(set.problems()).isEmpty();
    assertThat(set.manifests()).hasSize(1);
    assertThat(set.skippedKinds()).isEqualTo(Map.of("other document", 3));
  }

  @Test
  void aDocumentThatIsNamedIsToBeAManifest() throws IOException {
    file("values.yaml", "replicas: 2\n");

    assertThat(messages(read(folder.resolve("values.yaml"))))
        .containsExactly(
            "this is no manifest, for it lacks a member kind: write apiVersion:"
                + " lambdaconfig.dev/v1alpha1, kind: LambdaFunctionConfig, or remove it");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "metadata: {name: a}\n",
        "spec: {timeout: 3}\n",
        "functionName: a\ntimeout: 3\n",
        "apiversion: lambdaconfig.dev/v1alpha1\nKind: Function\n",
        "# A LambdaFunctionConfig\nname: a\n",
        "kind: Pod\n",
        "- a\n",
        "a\n"
      })
  void aManifestThatLacksKindOrVersionIsNotLost(String text) throws IOException {
    file("a.yaml", text);

    assertThat(messages(read(folder)))
        .singleElement()
        .asString()
        .startsWith("this is no manifest, for it lacks ")
        .endsWith(" kind: LambdaFunctionConfig, or leave it out by --exclude a.yaml");
  }

  @Test
  void whatCannotBeReadSaysHowToLeaveItOutUnlessItNamesOurs() throws IOException {
    file("a.yaml", BROKEN);
    file("b.yaml", BROKEN + " # LambdaFunctionConfig");

    assertThat(messages(read(folder)))
        .satisfiesExactly(
            other -> assertThat(other).endsWith("; to leave the file out, write --exclude a.yaml"),
            ours -> assertThat(ours).doesNotContain("--exclude"));
  }

  @ParameterizedTest
  @CsvSource({
    "values.yaml, chart/values.yaml values.yaml",
    "val*.yaml, chart/values.yaml values.yaml",
    "chart, chart/values.yaml chart/templates/a.yaml",
    "chart/, chart/values.yaml chart/templates/a.yaml",
    "chart/*.yaml, chart/values.yaml",
    "chart/**, chart/values.yaml chart/templates/a.yaml",
    "**/values.yaml, chart/values.yaml values.yaml",
    "'{chart,none}/values.yaml', chart/values.yaml",
    "none, ''"
  })
  void aPatternLeavesOutNamesOrPaths(String glob, String leftOut) throws IOException {
    List<String> all = List.of("chart/templates/a.yaml", "chart/values.yaml", "values.yaml");
    file("orders.yaml", ORDERS);
    for (String name : all) {
      file(name, BROKEN);
    }

    assertThat(read(folder, glob).problems())
        .extracting(problem -> folder.relativize(Path.of(problem.file())).toString())
        .containsExactlyElementsOf(
            all.stream().filter(name -> !List.of(leftOut.split(" ")).contains(name)).toList());
  }

  @Test
  void aFileThatIsNamedIsReadAndADirectoryOfWhichNothingIsLeftIsAProblem() throws IOException {
    file("orders.yaml", ORDERS);

    assertThat(read(folder.resolve("orders.yaml"), "*").manifests()).hasSize(1);
    assertThat(messages(read(folder, "*")))
        .containsExactly(
            "this directory has no manifest, which is a file *.yaml, *.yml or *.json that --exclude"
                + " does not leave out: name a directory that has some");
  }
}
