package dev.lambdaconfig.cli.manifest;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.cli.manifest.tree.Position;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Manifests are read from files, directories and standard input, and nothing is swallowed. */
final class ManifestsTest {

  private static final String ORDERS =
      """
      apiVersion: lambdaconfig.dev/v1alpha1
      kind: LambdaFunctionConfig
      metadata:
        name: orders
        namespace: shop
      spec:
        functionName: orders
        timeout: 5
      """;

  @TempDir private Path folder;

  private static ManifestSet stdin(String text) {
    return stdin(text.getBytes(StandardCharsets.UTF_8));
  }

  private static ManifestSet stdin(byte[] bytes) {
    return Manifests.read(List.of("-"), new ByteArrayInputStream(bytes));
  }

  private static ManifestSet files(Object... sources) {
    return Manifests.read(
        List.of(sources).stream().map(Object::toString).toList(), InputStream.nullInputStream());
  }

  private Path file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private static String named(String name) {
    return ORDERS.replace("name: orders\n  namespace", "name: " + name + "\n  namespace");
  }

  private static List<String> names(ManifestSet set) {
    return set.manifests().stream().map(manifest -> requireNonNull(manifest.name())).toList();
  }

  @Test
  void aManifestHasItsPlaceAndItsResource() {
    ManifestSet set = stdin("# Source: chart/templates/a.yaml\n" + ORDERS);

    assertThat(set.problems()).isEmpty();
    Manifest manifest = set.manifests().getFirst();
    assertThat(manifest.file()).isEqualTo("stdin");
    assertThat(manifest.line()).isEqualTo(2);
    assertThat(manifest.namespace()).isEqualTo("shop");
    assertThat(manifest.name()).isEqualTo("orders");
    assertThat(manifest.position("spec.timeout")).isEqualTo(new Position(9, 3));
    assertThat(requireNonNull(manifest.resource().getSpec()).timeout()).isEqualTo(5);
    assertThat(manifest.problem("spec.timeout", "x")).hasToString("stdin:9:3: x");
  }

  @Test
  void aSpecIsReadAsTheOperatorReadsIt() {
    ManifestSet set = stdin(ORDERS.replace("timeout: 5", "timeout: five"));

    assertThat(requireNonNull(set.manifests().getFirst().resource().getSpec()).unreadable())
        .contains("spec.timeout must be a whole number");
  }

  @Test
  void aCopyFromTheClusterIsReadAsItIsWritten() {
    String copy = ORDERS.replace("metadata:\n", "metadata:\n  uid: u\n  resourceVersion: '1'\n");

    ManifestSet set =
        stdin(copy + "---\n" + copy.replace("timeout: 5", "timeout: 6\nstatus: {state: Active}"));

    assertThat(set.manifests())
        .extracting(manifest -> requireNonNull(manifest.resource().getSpec()).timeout())
        .containsExactly(5, 6);
    assertThat(set.manifests().getLast().resource().getStatus()).isNull();
  }

  @Test
  void renderedChartsAreRead() {
    String rendered =
        """
        ---
        # Source: chart/templates/deployment.yaml
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: a, labels: {x: '1', x: '1'}}
        ---
        # Source: chart/templates/empty.yaml
        ---
        # Source: chart/templates/orders.yaml
        %s
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: b}
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: c}
        ...
        """;

    ManifestSet set = stdin(("\ufeff" + rendered.formatted(ORDERS)).replace("\n", "\r\n"));

    assertThat(set.problems()).isEmpty();
    assertThat(names(set)).containsExactly("orders");
    assertThat(set.manifests().getFirst().line()).isEqualTo(10);
    assertThat(set.skippedKinds()).isEqualTo(Map.of("Deployment", 2, "ConfigMap", 1));
  }

  @Test
  void listsAreRead() {
    ManifestSet set =
        stdin(
            """
            {"apiVersion": "v1", "kind": "List", "items": [
              {"apiVersion": "v1", "kind": "Secret"},
              {"apiVersion": "lambdaconfig.dev/v1alpha1", "kind": "LambdaFunctionConfig",
               "metadata": {"name": "a"}}]}
            {"apiVersion": "lambdaconfig.dev/v1alpha1", "kind": "LambdaFunctionConfigList", "items": [
              {"apiVersion": "lambdaconfig.dev/v1alpha1", "kind": "LambdaFunctionConfig",
               "metadata": {"name": "b"}},
              {"apiVersion": "v1", "kind": "List", "items": []}]}
            {"apiVersion": "v1", "kind": "List"}
            """);

    assertThat(names(set)).containsExactly("a", "b");
    assertThat(set.manifests()).extracting(Manifest::line).containsExactly(3, 6);
    assertThat(set.skippedKinds()).isEqualTo(Map.of("Secret", 1));
    assertThat(set.problems())
        .extracting(ManifestProblem::toString)
        .containsExactly(
            "stdin:8:3: a list is an item of another list: write its items",
            "stdin:9:1: this list has no items: write them below items, or remove it");
  }

  @Test
  void directoriesAreReadInOrder() throws IOException {
    file("b.yaml", named("b"));
    file("a/z.yml", named("z"));
    file(
        "a/c.json",
        "{\"apiVersion\": \"lambdaconfig.dev/v1alpha1\", \"kind\":\"LambdaFunctionConfig\","
            + " \"metadata\": {\"name\": \"c\"}}");
    file("notes.txt", "no: [");
    file(".github/workflows/ci.yaml", "on: push");

    ManifestSet set = files(folder, folder.resolve("b.yaml"), folder.resolve("a/../b.yaml"));

    assertThat(set.problems()).isEmpty();
    assertThat(names(set)).containsExactly("c", "z", "b");
    assertThat(set.manifests().getLast().file()).isEqualTo(folder.resolve("b.yaml").toString());
  }

  @Test
  void aDirectoryWithoutManifestsIsAProblem() throws IOException {
    file("notes.txt", "");

    assertThat(files(folder).problems())
        .singleElement()
        .extracting(ManifestProblem::message)
        .asString()
        .contains("this directory has no manifest, which is a file *.yaml, *.yml or *.json");
  }

  @Test
  void sourcesThatCannotBeReadAreProblemsAndOthersAreRead() throws IOException {
    Path good = file("good.yaml", ORDERS);
    Path latin =
        Files.write(folder.resolve("latin.yaml"), new byte[] {'a', ':', '\n', ' ', (byte) 0xe4});

    ManifestSet set = files(folder.resolve("none.yaml"), latin, "\0", good);

    assertThat(names(set)).containsExactly("orders");
    assertThat(set.problems())
        .extracting(ManifestProblem::message)
        .satisfiesExactly(
            none -> assertThat(none).contains("no such file or directory: check its path"),
            notText -> assertThat(notText).contains("not UTF-8: save the file as UTF-8"),
            noPath -> assertThat(noPath).contains("no path"));
    assertThat(set.problems().get(1).position()).isEqualTo(new Position(2, 2));
  }

  @Test
  void whatIsMeantForTheOperatorAndMisspeltIsAProblem() {
    ManifestSet set =
        stdin(
            String.join(
                "---\n",
                ORDERS.replace("v1alpha1", "v1beta1"),
                ORDERS.replace("LambdaFunctionConfig", "LambdaFunction"),
                ORDERS.replace("lambdaconfig.dev", "lambdaconfig.io"),
                ORDERS.replace("LambdaFunctionConfig", "lambdafunctionconfig"),
                ORDERS.replaceFirst("kind.*\n", ""),
                ORDERS.replaceFirst("apiVersion.*\n", ""),
                "- a\n",
                ORDERS));

    assertThat(names(set)).containsExactly("orders");
    assertThat(set.problems()).hasSize(7);
    assertThat(set.problems())
        .allMatch(
            problem ->
                problem
                    .message()
                    .contains(
                        "write apiVersion: lambdaconfig.dev/v1alpha1, kind: LambdaFunctionConfig"));
    assertThat(set.problems())
        .extracting(ManifestProblem::line)
        .containsExactly(1, 10, 19, 28, 37, 45, 53);
  }

  @Test
  void duplicateKeysAreProblemsOfOurResourcesOnly() {
    ManifestSet set = stdin(ORDERS + "  timeout: 6\n---\n{apiVersion: v1, kind: Pod, kind: Pod}");

    assertThat(set.problems())
        .extracting(ManifestProblem::toString)
        .containsExactly("stdin:9:3: the key timeout is also on line 8: remove one of them");
    assertThat(set.manifests()).hasSize(1);
  }

  @Test
  void moreThanTenMegabytesAreNotRead() throws IOException {
    Path large = file("large.yaml", ORDERS + "# " + "x".repeat(6_000_000));
    Path another = file("another.yaml", named("b") + "# " + "x".repeat(6_000_000));
    Path last = file("last.yaml", named("c"));

    ManifestSet set = files(large, another, last);

    assertThat(names(set)).containsExactly("orders");
    assertThat(set.problems())
        .extracting(ManifestProblem::message)
        .containsExactly("the manifests have more than 10 MB in total: read fewer at once");
  }

  @Test
  @Timeout(60)
  void endlessInputIsNotReadToItsEnd() {
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return 'x';
          }
        };

    assertThat(Manifests.read(List.of("-", "-"), endless).problems()).hasSize(1);
  }

  @Test
  @Timeout(60)
  void countlessProblemsAreCutOff() {
    ManifestSet set = stdin(String.join("\n---\n", Collections.nCopies(50_000, "a: [")));

    assertThat(set.problems()).hasSize(Problems.MOST + 1);
    assertThat(set.problems().getLast().message()).contains("more than 1000 problems");
  }
}
