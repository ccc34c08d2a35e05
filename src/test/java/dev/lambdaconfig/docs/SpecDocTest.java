package dev.lambdaconfig.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The fields, options and examples in docs/spec.md are those of the schema and the code. */
final class SpecDocTest {

  private static final Path BASE = Path.of("");

  private static final String REGENERATE =
      "mvn -Pformat writes the generated regions of docs/spec.md anew";

  @Test
  void whatIsGeneratedIsUpToDate() throws IOException {
    Map<String, String> found = SpecDocument.found(SpecDocument.text());
    List<String> wrong = new ArrayList<>();
    SpecDocument.of(BASE)
        .wanted()
        .forEach((name, wanted) -> compare(name, wanted, found.get(name), wrong));

    assertThat(wrong).as(REGENERATE).isEmpty();
  }

  @Test
  void noRegionIsLeftOver() throws IOException {
    Set<String> found = SpecDocument.found(SpecDocument.text()).keySet();

    assertThat(SpecDocument.of(BASE).wanted().keySet())
        .as("regions of docs/spec.md that nothing generates any more: remove them")
        .containsAll(found);
  }

  @Test
  void everyFieldOfTheSchemaIsThere() throws IOException {
    Schema schema = Schema.read(BASE);
    String document = SpecDocument.text();
    List<String> missing =
        Stream.concat(
                schema.properties("spec").stream().map(Schema.Property::path),
                schema.properties("status").stream().map(property -> "status." + property.path()))
            .filter(path -> !document.contains("`" + path + "`"))
            .toList();

    assertThat(missing).as("paths of the CRD that docs/spec.md lacks; " + REGENERATE).isEmpty();
  }

  @Test
  void everyVariableOfTheLogIsThere() throws IOException {
    String document = SpecDocument.text();
    Matcher variables =
        Pattern.compile("\"(LAMBDA_CONFIG_LOG_[A-Z_]+)\"")
            .matcher(
                Files.readString(
                    Path.of("src/main/java/dev/lambdaconfig/ops/LogConfigurator.java")));
    assertThat(variables.results().map(found -> found.group(1)).toList())
        .isNotEmpty()
        .allSatisfy(name -> assertThat(document).contains("`" + name + "`"));
  }

  @Test
  void theSpecHasNoDefaults() throws IOException {
    // Given: what docs/spec.md promises to those who compare the cluster with Git
    List<String> defaults =
        Schema.read(BASE).properties("spec").stream()
            .filter(property -> property.schema().has("default"))
            .map(Schema.Property::path)
            .toList();

    assertThat(defaults).as("defaults in the schema show as differences from Git").isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"deletionPolicy", "Contended"})
  void whatIsThereIsNotAnnouncedForLater(String word) throws IOException {
    boolean there =
        Schema.read(BASE).names("spec").contains(word) || ReportedWords.all().containsKey(word);

    assertThat(there).isTrue();
    assertThat(SpecDocument.text()).doesNotContain("Not in this version");
  }

  @Test
  void theExampleIsOfTheSchema() throws IOException {
    Schema schema = Schema.read(BASE);
    List<String> paths = new ArrayList<>();
    for (String of : List.of("spec", "status")) {
      schema.properties(of).forEach(property -> paths.add(of + "." + property.path()));
    }
    List<String> unknown = new ArrayList<>();
    Matcher blocks =
        Pattern.compile("(?ms)^```yaml\n(.*?)^```$")
            .matcher(SpecDocument.text().split("\n## Spec\n", 2)[0]);
    while (blocks.find()) {
      JsonNode tree = Serialization.unmarshal(blocks.group(1), JsonNode.class);
      for (String of : List.of("spec", "status")) {
        unknown(of, tree.path(of), paths, unknown);
      }
    }

    assertThat(unknown).as("what the examples say and the CRD does not know").isEmpty();
    assertThat(SpecDocument.text()).contains("kind: LambdaFunctionConfig\n", "\nstatus:\n");
  }

  @Test
  void theReadmeLinksIt() throws IOException {
    assertThat(Files.readString(Path.of("README.md"))).contains("(docs/spec.md)");
  }

  private static void compare(
      String name, String wanted, @Nullable String found, List<String> wrong) {
    if (found == null) {
      wrong.add("no region <!-- generated:" + name + " --> … <!-- /generated -->: add one");
      return;
    }
    List<String> has = found.lines().toList();
    List<String> wants = wanted.lines().toList();
    wants.stream()
        .filter(line -> !has.contains(line))
        .forEach(line -> wrong.add(name + " lacks: " + line));
    has.stream()
        .filter(line -> !wants.contains(line))
        .forEach(line -> wrong.add(name + " still says: " + line));
    if (wrong.isEmpty() && !found.equals(wanted)) {
      wrong.add(name + " has its lines in another order");
    }
  }

  private static void unknown(
      String path, JsonNode node, List<String> paths, List<String> unknown) {
    node.forEach(item -> unknownItem(path, node, item, paths, unknown));
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      String below = path + "." + entry.getKey();
      if (!paths.contains(below)) {
        unknown.add(below);
      } else if (!path.equals("spec.environment")) {
        unknown(below, entry.getValue(), paths, unknown);
      }
    }
  }

  private static void unknownItem(
      String path, JsonNode node, JsonNode item, List<String> paths, List<String> unknown) {
    if (node.isArray()) {
      unknown(path + "[]", item, paths, unknown);
    }
  }
}
