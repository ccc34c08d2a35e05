package dev.lambdaconfig.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * What belongs to a release: one version everywhere, and files of the code host that can be read.
 */
final class ReleaseTest {

  private static final Path GITHUB = Path.of(".github");

  static List<Path> yaml() throws IOException {
    try (Stream<Path> files = Files.walk(GITHUB)) {
      return files.filter(file -> file.toString().endsWith(".yml")).toList();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "helm/lambda-config-operator/Chart.yaml, (?m)^version: (\\S+)",
    "helm/lambda-config-operator/Chart.yaml, (?m)^appVersion: \"(\\S+)\"",
    "deploy/base/operator/deployment.yaml, image: lambda-config-operator:(\\S+)",
    "deploy/README.md, newTag: (\\S+)",
    "deploy/argocd/operator.yaml, targetRevision: v(\\S+)",
    "deploy/flux/source.yaml, tag: v(\\S+)",
    "deploy/flux/operator-kustomize.yaml, newTag: (\\S+)",
    "docs/install/kustomize.md, newTag: (\\S+)",
    "docs/install/kustomize.md, ref=v([\\d.]+)",
    "docs/install/single-file.md, lambda-config-operator:(\\d\\S+)",
    "CONTRIBUTING.md, release (\\d\\S+)",
    "deploy/README.md, lambda-config-operator:(\\d\\S+)",
  })
  void theVersionIsThatOfThePom(String file, String pattern) throws IOException {
    assertThat(found(Files.readString(Path.of(file)), pattern))
        .isNotEmpty()
        .containsOnly(
            found(Files.readString(Path.of("pom.xml")), "<version>([^<]+)</version>").getFirst());
  }

  @ParameterizedTest
  @MethodSource("yaml")
  void eachFileOfTheCodeHostIsYaml(Path file) throws IOException {
    Load load = new Load(LoadSettings.builder().setAllowDuplicateKeys(false).build());

    assertThat(load.loadFromString(Files.readString(file))).isInstanceOf(Map.class);
  }

  @Test
  void theWorkflowRunsWhatAnybodyCanRun() throws IOException {
    String workflow = Files.readString(GITHUB.resolve("workflows/ci.yml"));

    assertThat(Files.isExecutable(Path.of(".ci/run"))).isTrue();
    assertThat(workflow)
        .contains("- run: .ci/run", "java: 21", "java: 25", "ubuntu-24.04-arm", "-Pnightly");
    assertThat(found(workflow, "(?m)^ *- (?:uses|run): (\\S+)"))
        .as("the steps")
        .allMatch(
            step ->
                step.matches("actions/\\S+@[0-9a-f]{40}|\\.ci/run|\\.ci/reproducible-image|mvn"));
  }

  @Test
  void aReleaseIsADraftWithWhatAnybodyCanBuild() throws IOException {
    String workflow = Files.readString(GITHUB.resolve("workflows/release.yml"));
    String script = Files.readString(Path.of(".ci/release"));

    assertThat(Files.isExecutable(Path.of(".ci/release"))).isTrue();
    assertThat(workflow).contains("run: .ci/release ", "--draft", "target/release/*");
    assertThat(script)
        .contains(
            "target/lambda-config-operator.jar",
            "target/install.yaml",
            "crds/*.yaml",
            "-C target/man",
            "-C helm lambda-config-operator");
  }

  @Test
  void updatesOfTheFrameworkSkipTheReleasesThatLoseChanges() throws IOException {
    JsonNode renovate =
        new ObjectMapper().readTree(Files.readString(GITHUB.resolve("renovate.json")));

    List<String> allowed = new ArrayList<>();
    renovate
        .at("/packageRules")
        .forEach(rule -> allowed.add(rule.path("allowedVersions").asText()));
    Pattern skipped =
        Pattern.compile(
            allowed.stream()
                .filter(each -> each.startsWith("!/"))
                .findFirst()
                .orElseThrow()
                .replaceAll("^!/|/$", ""));
    assertThat(Stream.of("5.3.0", "5.4.1", "5.5.0")).allMatch(each -> skipped.matcher(each).find());
    assertThat(Stream.of("5.2.3", "5.5.1", "5.30.0", "6.3.0"))
        .noneMatch(each -> skipped.matcher(each).find());
  }

  private static List<String> found(String text, String pattern) {
    List<String> all = new ArrayList<>();
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    while (matcher.find()) {
      all.add(matcher.group(1));
    }
    return all;
  }
}
