package dev.lambdaconfig.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The README of the chart, whose table of values follows from {@code values.yaml}. */
final class ChartReadme {

  static final Path FILE = Path.of("helm/lambda-config-operator/README.md");

  static final Path VALUES = Path.of("helm/lambda-config-operator/values.yaml");

  private static final Pattern REGION =
      Pattern.compile("(<!-- generated:values -->\n).*?(<!-- /generated -->)", Pattern.DOTALL);

  private static final Pattern KEY = Pattern.compile("( *)(\\w+):.*");

  /**
   * A value with its description.
   *
   * @param path its keys, separated by dots
   * @param description what the comment above it says, without {@code --}
   */
  record Value(String path, String description) {}

  private ChartReadme() {}

  /** The README with its table as it shall be. */
  static String updated(String readme, Path base) throws IOException {
    String yaml = Files.readString(base.resolve(VALUES));
    JsonNode defaults = new ObjectMapper(new YAMLFactory()).readTree(yaml);
    StringBuilder table = new StringBuilder("| value | default | meaning |\n|---|---|---|\n");
    for (Value value : described(yaml)) {
      JsonNode byDefault = defaults.at("/" + value.path().replace('.', '/'));
      table.append(
          "| `%s` | `%s` | %s |\n"
              .formatted(value.path(), byDefault, value.description().replace("|", "\\|")));
    }
    return REGION
        .matcher(readme)
        .replaceFirst("$1" + Matcher.quoteReplacement(table.toString()) + "$2");
  }

  /** The values that a comment with {@code --} describes. */
  static List<Value> described(String yaml) {
    List<Value> values = new ArrayList<>();
    TreeMap<Integer, String> parents = new TreeMap<>();
    List<String> comment = new ArrayList<>();
    for (String line : yaml.split("\n", -1)) {
      Matcher key = KEY.matcher(line);
      if (line.strip().startsWith("# -- ")) {
        comment.clear();
        comment.add(line.strip().substring("# -- ".length()));
      } else if (line.strip().startsWith("# ") && !comment.isEmpty()) {
        comment.add(line.strip().substring("# ".length()));
      } else if (key.matches()) {
        int indentation = key.group(1).length();
        parents.tailMap(indentation, true).clear();
        parents.put(indentation, key.group(2));
        if (!comment.isEmpty()) {
          values.add(new Value(String.join(".", parents.values()), String.join(" ", comment)));
        }
        comment.clear();
      } else {
        comment.clear();
      }
    }
    return values;
  }
}
