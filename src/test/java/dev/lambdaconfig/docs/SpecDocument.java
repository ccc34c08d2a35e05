package dev.lambdaconfig.docs;

import dev.lambdaconfig.cli.OptionReference;
import dev.lambdaconfig.cli.explain.Reason;
import dev.lambdaconfig.cli.explain.ReasonTable;
import dev.lambdaconfig.decision.RequeueReference;
import dev.lambdaconfig.plan.field.FieldReference;
import dev.lambdaconfig.plan.field.FieldReference.Sending;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code docs/spec.md}: prose by hand, and regions between {@code <!-- generated:NAME -->} and
 * {@code <!-- /generated -->} that follow from the CRD, the field table and the options.
 */
final class SpecDocument {

  static final Path FILE = Path.of("docs/spec.md");

  private static final Pattern REGION =
      Pattern.compile("<!-- generated:(\\S+) -->\n(.*?)<!-- /generated -->", Pattern.DOTALL);

  private static final String UNMANAGED = " Absent: not managed.";

  private final Schema schema;

  private SpecDocument(Schema schema) {
    this.schema = schema;
  }

  static SpecDocument of(Path base) throws IOException {
    return new SpecDocument(Schema.read(base));
  }

  /** The document as it is. */
  static String text() throws IOException {
    return Files.readString(FILE);
  }

  /** The regions of a document as they are, by name. */
  static Map<String, String> found(String document) {
    Map<String, String> regions = new TreeMap<>();
    Matcher matcher = REGION.matcher(document);
    while (matcher.find()) {
      regions.put(matcher.group(1), matcher.group(2));
    }
    return regions;
  }

  /** The regions as they shall be, by name. */
  Map<String, String> wanted() {
    Map<String, String> regions = new LinkedHashMap<>();
    regions.put("fields", overview());
    for (String name : schema.names("spec")) {
      regions.put("spec." + name, property(name));
    }
    regions.put("rules", bullets(schema.rulesBetweenFields()));
    regions.put("status", status());
    regions.put("reasons", reasons());
    regions.put("delays", delays());
    regions.put("options", options());
    return regions;
  }

  /** The document with its regions as they shall be; unknown ones stay as they are. */
  String updated(String document) {
    return updated(document, wanted());
  }

  /** A document with the given regions; others stay as they are. */
  static String updated(String document, Map<String, String> wanted) {
    return REGION
        .matcher(document)
        .replaceAll(
            match -> {
              String body = wanted.getOrDefault(match.group(1), match.group(2));
              return Matcher.quoteReplacement(
                  "<!-- generated:" + match.group(1) + " -->\n" + body + "<!-- /generated -->");
            });
  }

  private static String overview() {
    Table table = new Table("field", "AWS's default", "an explicit empty");
    for (String path : FieldReference.paths()) {
      String section = path.split("\\.", 2)[0];
      table.row(
          "[`" + path + "`](#" + section.toLowerCase(Locale.ROOT) + ")",
          FieldReference.resting(path),
          empty(path));
    }
    return table.text();
  }

  private static String empty(String path) {
    String empty = FieldReference.empty(path);
    if (empty == null) {
      return "has none";
    }
    Sending sending = FieldReference.clearing(path);
    return sending.request().equals(FieldReference.REFUSED)
        ? "refused"
        : "`" + empty + "` sends `" + sending.request() + "`";
  }

  private String property(String name) {
    boolean setting =
        FieldReference.paths().stream()
            .anyMatch(path -> path.equals(name) || path.startsWith(name + "."));
    Table fields = new Table("field", "type and limits", "meaning");
    for (Schema.Property property : schema.properties("spec")) {
      if (property.path().split("[.\\[]", 2)[0].equals(name)) {
        fields.row(
            "`" + property.path() + "`",
            property.type() + (property.required() ? ", required" : ""),
            plain(property.description().replace(UNMANAGED, "")));
      }
    }
    List<String> parts = new ArrayList<>(List.of(fields.text()));
    if (setting) {
      Table requests = new Table("spec", "request");
      for (Sending sending : FieldReference.sendings(name)) {
        requests.row(
            "`" + sending.spec() + "`",
            sending.request().equals(FieldReference.REFUSED)
                ? FieldReference.REFUSED
                : "`" + sending.request() + "`");
      }
      parts.add(requests.text());
    }
    List<String> rules = schema.rulesOf(name);
    if (!rules.isEmpty()) {
      parts.add("Refused by the API server:\n\n" + bullets(rules));
    }
    return String.join("\n", parts);
  }

  private String status() {
    Table table = new Table("field", "type", "meaning");
    for (Schema.Property property : schema.properties("status")) {
      table.row(
          "`status." + property.path() + "`",
          property.schema().has("items")
              ? "list of " + property.schema().at("/items/type").asText()
              : property.schema().path("type").asText(),
          plain(property.description()));
    }
    return table.text();
  }

  private static String reasons() {
    Table table = new Table("reason", "with", "meaning", "what to do", "tried again");
    for (Reason reason : ReasonTable.read().all()) {
      table.row(
          "`" + reason.name() + "`",
          "`" + reason.with() + "`",
          reason.meaning(),
          reason.whatToDo(),
          reason.triedAgain());
    }
    return table.text();
  }

  private static String delays() {
    Table table = new Table("what", "how long");
    RequeueReference.delays().forEach(table::row);
    return table.text();
  }

  private static String options() {
    Table table = new Table("option", "environment variable", "default", "meaning");
    for (OptionReference.Option option : OptionReference.all()) {
      table.row(
          "`" + option.name() + "`",
          "`" + option.variable() + "`",
          option.defaultValue().isEmpty() ? "" : "`" + option.defaultValue() + "`",
          plain(option.description()));
    }
    return table.text();
  }

  /** Text that Markdown shows as it is. */
  private static String plain(String text) {
    return text.replace("<", "&lt;").replace("*", "\\*");
  }

  private static String bullets(List<String> sentences) {
    StringBuilder text = new StringBuilder();
    sentences.forEach(sentence -> text.append("- `").append(sentence).append("`\n"));
    return text.toString();
  }

  /** A table in Markdown. */
  private static final class Table {
    private final StringBuilder text = new StringBuilder();

    Table(String... heads) {
      row(heads);
      text.append("|---".repeat(heads.length)).append("|\n");
    }

    void row(String... cells) {
      text.append('|');
      for (String cell : cells) {
        // A bar ends a cell, even in code.
        text.append(' ').append(cell.replace("|", "\\|").replace('\n', ' ')).append(" |");
      }
      text.append('\n');
    }

    String text() {
      return text.toString();
    }
  }
}
