package dev.lambdaconfig.cli.export.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.yaml.snakeyaml.Yaml;

/** Texts that parsers of YAML 1.1 and of 1.2 read alike. */
final class YamlTextTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String[] PARTS = {
    "on",
    "1e3",
    "0o7",
    ":",
    " ",
    "#",
    "\u0085",
    "\u2028",
    "\ufeff",
    "\n",
    "\t",
    "'",
    "\"",
    "\\",
    "-",
    "~",
    "null",
    "y",
    "a",
    "é",
    "🚀",
    "[",
    "{",
    "*",
    "&",
    "!",
    "|",
    ">",
    "%",
    "@",
    "`",
    "=",
    "<<",
    "1:30",
    "2026-11-26",
    ".5",
    "_",
    ",",
    "?",
    "\r",
    "\u0007",
    "\u00a0",
    "/",
    "arn:aws:x"
  };

  @ParameterizedTest
  @ValueSource(
      strings = {
        "on",
        "No",
        "y",
        "NULL",
        "~",
        "",
        "1e3",
        "0o7",
        "0x1F",
        "012",
        "1:30",
        "-1",
        "+1",
        ".5",
        ".nan",
        "1_000",
        "2026-11-26",
        "a: b",
        "a #b",
        "#a",
        " a",
        "a ",
        "a:",
        "- a",
        "-",
        "?",
        "*a",
        "&a",
        "!a",
        "%a",
        "@a",
        "`a",
        "{",
        "[a]",
        "a\u0085b",
        "a\u2028b",
        "\ufeffa",
        "a\tb",
        "a\nb",
        "a\r\nb",
        "\"",
        "'",
        "\\",
        "<<",
        "=",
        "\u0000",
        "\u007f",
        "\u00a0",
        "é",
        "🚀",
        "null",
        "true"
      })
  void aTextIsThatTextForEachParser(String text) {
    assertSame(Map.of("text", text));
  }

  @ParameterizedTest
  @CsvSource({
    "app.handler, app.handler",
    "arn:aws:iam::123456789012:role/app, arn:aws:iam::123456789012:role/app",
    "/aws/lambda/orders, /aws/lambda/orders",
    "python3.13, python3.13",
    "on, '\"on\"'",
    "1e3, '\"1e3\"'",
    "a\u0085b, '\"a\\u0085b\"'"
  })
  void onlyWhatNeedsQuotesHasThem(String text, String yaml) {
    assertThat(YamlText.scalar(text)).isEqualTo(yaml);
  }

  @Test
  void randomTreesAreReadAsTheyWere() {
    for (long seed = 1; seed <= 500; seed++) {
      Random random = new Random(seed);
      assertSame(Map.of("root", tree(random, 4), "other" + seed, text(random)));
    }
  }

  @Test
  void aTextOfAnyLengthIsWritten() {
    assertSame(Map.of("text", "a:".repeat(50_000) + "b"));
  }

  @Test
  void blocksAreIndentedAsPeopleDo() throws Exception {
    String json =
        "{'spec': {'layers': ['a', 'b'], 'mounts': [{'arn': 'x', 'more': {'k': 1}}], 'empty': {},"
            + " 'none': [], 'on': true}}";

    assertThat(YamlText.of(JSON.readTree(json.replace('\'', '"'))))
        .isEqualTo(
            """
            spec:
              layers:
              - a
              - b
              mounts:
              - arn: x
                more:
                  k: 1
              empty: {}
              none: []
              "on": true
            """);
  }

  private static Object tree(Random random, int depth) {
    int kind = depth == 0 ? 0 : random.nextInt(4);
    return switch (kind) {
      case 1 -> List.of(tree(random, depth - 1), tree(random, depth - 1));
      case 2, 3 -> {
        Map<String, Object> members = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          members.put(text(random), tree(random, depth - 1));
        }
        yield members;
      }
      default -> random.nextInt(4) == 0 ? (Object) random.nextInt(100) : text(random);
    };
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(4); i >= 0; i--) {
      text.append(PARTS[random.nextInt(PARTS.length)]);
    }
    return text.toString();
  }

  private static void assertSame(Map<String, ?> tree) {
    String yaml = YamlText.of(JSON.valueToTree(tree));

    assertThat(yaml).endsWith("\n").isEqualTo(YamlText.of(JSON.valueToTree(tree)));
    assertThat(new Load(LoadSettings.builder().build()).loadFromString(yaml))
        .as("read as YAML 1.2: %s", yaml)
        .isEqualTo(tree);
    Object loaded = new Yaml().load(yaml);
    assertThat(loaded).as("read as YAML 1.1: %s", yaml).isEqualTo(tree);
  }
}
