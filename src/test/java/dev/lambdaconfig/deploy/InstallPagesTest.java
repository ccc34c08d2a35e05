package dev.lambdaconfig.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages of docs/install/ and the samples for Argo CD, Flux and External Secrets. */
final class InstallPagesTest {

  private static final Path PAGES = Path.of("docs/install");

  /** A path of this project in a command or in a link. */
  private static final Pattern PATH =
      Pattern.compile("(?<![\\w/.:])(?:\\.\\./)*((?:deploy|helm|crds)/[\\w./-]*)");

  @Test
  void eachPathOnAPageIsThere() throws IOException {
    Set<String> paths = new TreeSet<>();
    for (Path page : filesIn(PAGES)) {
      PATH.matcher(Files.readString(page))
          .results()
          .map(found -> found.group(1))
          .forEach(paths::add);
    }

    assertThat(paths).hasSizeGreaterThan(15).allMatch(path -> Files.exists(Path.of(path)));
  }

  @Test
  void eachSampleAndEachOverlayIsOnAPage() throws IOException {
    String pages =
        filesIn(PAGES).stream().map(InstallPagesTest::text).collect(Collectors.joining("\n"));

    for (String folder : List.of("argocd", "flux", "external-secrets")) {
      for (Path sample : filesIn(Kustomize.FOLDER.resolve(folder))) {
        if (sample.toString().endsWith(".yaml")) {
          assertThat(pages).contains(sample.toString());
        }
      }
    }
    for (Path overlay : KustomizeTest.installations()) {
      assertThat(pages).contains("-k " + overlay);
    }
  }

  @Test
  void theOverlayOnThePageIsBuilt() throws IOException {
    String page = Files.readString(PAGES.resolve("kustomize.md"));
    String overlay = page.replaceAll("(?s).*<<'EOF'\\n(.*?)EOF\\n.*", "$1");

    JsonNode kustomization = Manifests.tree(overlay);
    for (String key : List.of("resources", "components")) {
      assertThat(kustomization.path(key))
          .isNotEmpty()
          .allMatch(path -> Files.isDirectory(Path.of("operator", path.asText()).normalize()));
    }
    assertThat(Kustomize.build(Kustomize.FOLDER).container().getImage())
        .startsWith(kustomization.at("/images/0/name").asText() + ":");
  }

  @ParameterizedTest
  @ValueSource(strings = {"argocd/operator.yaml", "flux/operator-helm.yaml"})
  void theChartTakesTheValuesOfASample(String file) {
    JsonNode sample = only(file);
    JsonNode values =
        sample.at("/spec/source/helm/valuesObject").isMissingNode()
            ? sample.at("/spec/values")
            : sample.at("/spec/source/helm/valuesObject");
    JsonNode chart =
        sample.at("/spec/source/path").isMissingNode()
            ? sample.at("/spec/chart/spec/chart")
            : sample.at("/spec/source/path");

    assertThat(Path.of(chart.asText())).isEqualTo(Chart.FOLDER);
    assertThat(Chart.render(values.toString()).container().getImage())
        .startsWith("registry.example.com/lambda-config-operator:");
  }

  @Test
  void samplesOfFluxReferToSourcesAndDependenciesThatAreThere() throws IOException {
    Set<String> names = new TreeSet<>();
    Set<String> referred = new TreeSet<>();
    for (Path file : filesIn(Kustomize.FOLDER.resolve("flux"))) {
      for (JsonNode object : Manifests.parse(text(file)).all()) {
        names.add(Manifests.kind(object) + "/" + object.at("/metadata/name").asText());
        for (JsonNode source : object.findValues("sourceRef")) {
          referred.add(source.path("kind").asText() + "/" + source.path("name").asText());
        }
        for (JsonNode dependency : object.at("/spec/dependsOn")) {
          referred.add("Kustomization/" + dependency.path("name").asText());
        }
      }
    }

    assertThat(names).hasSizeGreaterThan(5).containsAll(referred);
    assertThat(Path.of(only("flux/operator-kustomize.yaml").at("/spec/path").asText()))
        .isDirectory();
  }

  @Test
  void whatWaitsInASampleOfFluxTriesAgainBeforeItsInterval() throws IOException {
    int waiting = 0;
    for (Path file : filesIn(Kustomize.FOLDER.resolve("flux"))) {
      for (JsonNode object : Manifests.parse(text(file)).all()) {
        for (JsonNode spec : object.findParents("wait")) {
          assertThat(spec.path("retryInterval").asText()).as("%s", file).isEqualTo("1m");
          waiting++;
        }
      }
    }

    assertThat(waiting).isEqualTo(5);
  }

  @Test
  void fluxPrunesNeitherTheCrdNorTheNamespaceOfTheOperator() {
    JsonNode patch = only("flux/operator-kustomize.yaml").at("/spec/patches/0");

    assertThat(List.of(patch.at("/target/kind").asText().split("\\|", -1)))
        .containsExactlyInAnyOrder("CustomResourceDefinition", "Namespace");
    assertThat(
            Manifests.tree(patch.path("patch").asText())
                .at("/metadata/annotations/kustomize.toolkit.fluxcd.io~1prune")
                .asText())
        .isEqualTo("disabled");
  }

  @Test
  void theFunctionOfASampleTakesTheSecretThatExternalSecretsWrites() {
    List<JsonNode> objects =
        Manifests.parse(text(Kustomize.FOLDER.resolve("external-secrets/orders-api.yaml"))).all();

    JsonNode secret = objects.get(1);
    JsonNode key = objects.get(2).at("/spec/environment/valuesFrom/0/secretKeyRef");
    assertThat(key.path("name")).isEqualTo(secret.at("/spec/target/name"));
    assertThat(key.path("key")).isEqualTo(secret.at("/spec/data/0/secretKey"));
    assertThat(secret.at("/spec/secretStoreRef/name"))
        .isEqualTo(objects.getFirst().at("/metadata/name"));
  }

  private static JsonNode only(String file) {
    return Manifests.parse(text(Kustomize.FOLDER.resolve(file))).all().getFirst();
  }

  private static List<Path> filesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
