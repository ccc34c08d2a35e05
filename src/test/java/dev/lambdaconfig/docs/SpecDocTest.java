package dev.lambdaconfig.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lambdaconfig.decision.history.Cause;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationResponse;
import software.amazon.awssdk.services.lambda.model.UpdateFunctionConfigurationRequest;

/** docs/spec.md says what the code does: no less, and nothing that it does not. */
final class SpecDocTest {

  private static final Path BASE = Path.of("");
  private static final Path MAIN = Path.of("src/main/java/dev/lambdaconfig");

  private static final String REGENERATE =
      "mvn -Pformat writes the generated regions of docs/spec.md anew";

  /** Where reasons, events and outcomes are named; the field table names members of requests. */
  private static final List<String> TOLD_IN =
      List.of(
          "plan",
          "plan/redaction",
          "decision",
          "decision/history",
          "status",
          "model",
          "controller",
          "controller/gate",
          "controller/report",
          "controller/resource",
          "controller/restore",
          "controller/rollout",
          "controller/state",
          "controller/update",
          "kube",
          "kube/secret",
          "kube/status");

  /** Words of the code that no user meets as a reason, an event or an outcome. */
  private static final Set<String> NOT_TOLD =
      Set.of(
          // how a Desired prints itself
          "Desired",
          // how variables print themselves
          "KeptVariables",
          // a warning of the compiler
          "ReferenceEquality",
          // how a Redaction prints itself
          "Redaction",
          // AWS's StateReasonCode of a new function, which is told in status.stateReasonCode
          "Creating",
          // what every Event's action is
          "Reconcile",
          // the type of the Secret of a baseline
          "Opaque",
          // an environment variable
          "HOSTNAME",
          // the operation of server-side apply in managed fields
          "Apply",
          // how values that must not be kept are sealed
          "HmacSHA256",
          // of ReadAgain, which no pass ends with, so that it is never written
          "Changed");

  private static final Pattern WORD = Pattern.compile("\"([A-Z][A-Za-z0-9]+)\"");

  @Test
  void whatIsGeneratedIsUpToDate() throws IOException {
    Map<String, String> found = SpecDocument.found(document());
    List<String> wrong = new ArrayList<>();
    SpecDocument.of(BASE)
        .wanted()
        .forEach((name, wanted) -> compare(name, wanted, found.get(name), wrong));

    assertThat(wrong).as(REGENERATE).isEmpty();
  }

  @Test
  void noRegionIsLeftOver() throws IOException {
    Set<String> found = SpecDocument.found(withoutWork(document())).keySet();

    assertThat(SpecDocument.of(BASE).wanted().keySet())
        .as("regions of docs/spec.md that nothing generates any more: remove them")
        .containsAll(found);
  }

  @Test
  void everyFieldOfTheSchemaIsThere() throws IOException {
    Schema schema = Schema.read(BASE);
    String document = document();
    List<String> missing =
        Stream.concat(
                schema.properties("spec").stream().map(Schema.Property::path),
                schema.properties("status").stream().map(property -> "status." + property.path()))
            .filter(path -> !document.contains("`" + path + "`"))
            .toList();

    assertThat(missing).as("paths of the CRD that docs/spec.md lacks; " + REGENERATE).isEmpty();
  }

  @Test
  void everyReasonEventAndOutcomeIsThere() throws IOException {
    String document = document();
    List<String> missing = new ArrayList<>();
    told()
        .forEach(
            (word, file) -> {
              if (!document.contains("`" + word + "`")) {
                missing.add("`" + word + "`, of " + file);
              }
            });

    assertThat(missing)
        .as(
            "words that docs/spec.md does not explain: add a row to its tables of reasons or"
                + " events, or, if no user meets it, the word to SpecDocTest.NOT_TOLD")
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"reasons", "events", "outcomes"})
  void noTableNamesWhatTheCodeNeverSays(String table) throws IOException {
    Set<String> known = told().keySet();
    List<String> named = firstWords(withoutWork(document()), table);

    assertThat(named).isNotEmpty();
    assertThat(named)
        .as("what the table of %s in docs/spec.md names and the code never says", table)
        .filteredOn(word -> !known.contains(word))
        .isEmpty();
  }

  @Test
  void everyVariableOfTheLogIsThere() throws IOException {
    String document = document();
    Matcher variables =
        Pattern.compile("\\$\\{([A-Z_]+)")
            .matcher(Files.readString(Path.of("src/main/resources/logback.xml")));
    while (variables.find()) {
      assertThat(document).contains("`" + variables.group(1) + "`");
    }
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

  @ParameterizedTest(name = "{0}")
  @CsvSource({"restore, deletionPolicy", "contended, Contended"})
  void whatIsInWorkSaysSoUntilItIsThere(String block, String word) throws IOException {
    boolean there = Schema.read(BASE).names("spec").contains(word) || told().containsKey(word);
    boolean saysNot = blocks(document(), block).stream().anyMatch(SpecDocTest::saysNotYet);

    assertThat(saysNot)
        .as(
            there
                ? word
                    + " is in the code now: check what stands between <!-- %s --> and <!-- /%s -->"
                        .formatted(block, block)
                    + " in docs/spec.md, then remove the markers and 'Not in this version'"
                : word
                    + " is not in the code: docs/spec.md must say 'Not in this version' between"
                    + " <!-- %s --> and <!-- /%s -->".formatted(block, block))
        .isEqualTo(!there);
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
        Pattern.compile("(?ms)^```yaml\n(.*?)^```$").matcher(document().split("\n## Spec\n", 2)[0]);
    while (blocks.find()) {
      JsonNode tree = Serialization.unmarshal(blocks.group(1), JsonNode.class);
      for (String of : List.of("spec", "status")) {
        unknown(of, tree.path(of), paths, unknown);
      }
    }

    assertThat(unknown).as("what the examples say and the CRD does not know").isEmpty();
    assertThat(document()).contains("kind: LambdaFunctionConfig\n", "\nstatus:\n");
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

  private static String document() throws IOException {
    return Files.readString(SpecDocument.FILE);
  }

  private static boolean saysNotYet(String text) {
    return text.contains("Not in this version");
  }

  private static List<String> blocks(String document, String name) {
    List<String> blocks = new ArrayList<>();
    Matcher matcher = block(name).matcher(document);
    while (matcher.find()) {
      blocks.add(matcher.group());
    }
    return blocks;
  }

  /** The document without what other branches are still at work on. */
  private static String withoutWork(String document) {
    return block("contended")
        .matcher(block("restore").matcher(document).replaceAll(""))
        .replaceAll("");
  }

  private static Pattern block(String name) {
    return Pattern.compile("<!-- %s -->.*?<!-- /%s -->".formatted(name, name), Pattern.DOTALL);
  }

  /** The first word of each row of a table between markers. */
  private static List<String> firstWords(String document, String table) {
    List<String> words = new ArrayList<>();
    for (String block : blocks(document, table)) {
      Matcher rows = Pattern.compile("(?m)^\\| `(\\w+)`").matcher(block);
      while (rows.find()) {
        words.add(rows.group(1));
      }
    }
    return words;
  }

  /** Every word that the code can tell, with a file that says it. */
  private static Map<String, String> told() throws IOException {
    Map<String, String> told = new TreeMap<>();
    Set<String> members = new TreeSet<>();
    members(UpdateFunctionConfigurationRequest.builder(), members);
    members(GetFunctionConfigurationResponse.builder(), members);
    for (Path file : sources()) {
      Matcher words = WORD.matcher(Files.readString(file));
      while (words.find()) {
        String word = words.group(1);
        if (!members.contains(word) && !NOT_TOLD.contains(word)) {
          told.put(word, String.valueOf(file.getFileName()));
        }
      }
    }
    Arrays.stream(Cause.values()).forEach(cause -> told.put(cause.name(), "Cause.java"));
    return told;
  }

  private static List<Path> sources() throws IOException {
    List<Path> sources = new ArrayList<>();
    for (String folder : TOLD_IN) {
      try (Stream<Path> files = Files.list(MAIN.resolve(folder))) {
        files.filter(Files::isRegularFile).forEach(sources::add);
      }
    }
    return sources;
  }

  private static void members(SdkPojo pojo, Set<String> into) {
    for (SdkField<?> field : pojo.sdkFields()) {
      into.add(field.memberName());
      field
          .getOptionalTrait(ListTrait.class)
          .ifPresent(list -> parts(list.memberFieldInfo(), into));
      parts(field, into);
    }
  }

  private static void parts(SdkField<?> field, Set<String> into) {
    if (field.constructor() != null) {
      members(field.constructor().get(), into);
    }
  }
}
