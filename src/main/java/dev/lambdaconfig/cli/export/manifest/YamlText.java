package dev.lambdaconfig.cli.export.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A tree as YAML that every parser reads alike, by the rules of YAML 1.1 and of 1.2, and that is
 * the same text each time: blocks of two spaces, and texts in quotes unless they can be nothing
 * else than texts.
 */
public final class YamlText {

  /** A text that is safe without quotes: no number or date begins with a letter or a slash. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z/][A-Za-z0-9_./@+=:-]*");

  /** The words of YAML 1.1 that are no texts. */
  private static final Set<String> WORDS =
      Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null");

  private static final int FIRST_PRINTABLE = 0x20;
  private static final int DELETE = 0x7f;
  private static final int LAST_OF_LATIN_CONTROLS = 0xa0;
  private static final Set<Integer> INVISIBLE = Set.of(0x2028, 0x2029, 0xfeff, 0xfffe, 0xffff);

  private final StringBuilder text = new StringBuilder();

  private YamlText() {}

  /**
   * Whether a text also survives a server-side apply, in which clients send JSON that the API
   * server reads as YAML: a NEL becomes a space there, and a DEL is refused.
   */
  static boolean isSafeToApply(String text) {
    return text.codePoints()
        .noneMatch(
            point ->
                (point >= DELETE && point < LAST_OF_LATIN_CONTROLS) || INVISIBLE.contains(point));
  }

  /** The text of one document, an object that is not empty, which ends with a line break. */
  public static String of(JsonNode document) {
    YamlText yaml = new YamlText();
    yaml.members(document, 0, "");
    return yaml.text.toString();
  }

  /** Writes the members of an object; the first one follows what stands on its line already. */
  private void members(JsonNode object, int indent, String first) {
    String lead = first;
    for (var member : object.properties()) {
      text.append(lead).append(scalar(member.getKey())).append(':');
      value(member.getValue(), indent + 1);
      lead = "  ".repeat(indent);
    }
  }

  private void value(JsonNode value, int indent) {
    if (value.isObject() && !value.isEmpty()) {
      text.append('\n');
      members(value, indent, "  ".repeat(indent));
    } else if (value.isArray() && !value.isEmpty()) {
      text.append('\n');
      for (JsonNode item : value) {
        item(item, indent);
      }
    } else {
      text.append(' ').append(leaf(value)).append('\n');
    }
  }

  /** Writes an item of a list, which is indented no more than the name of the list. */
  private void item(JsonNode item, int indent) {
    text.append("  ".repeat(indent - 1)).append('-');
    if (item.isObject() && !item.isEmpty()) {
      members(item, indent, " ");
    } else {
      value(item, indent + 1);
    }
  }

  private static String leaf(JsonNode value) {
    if (value.isObject()) {
      return "{}";
    }
    if (value.isArray()) {
      return "[]";
    }
    return value.isTextual() ? scalar(value.textValue()) : value.asText();
  }

  /** A text as a scalar, in double quotes where it has to be. */
  static String scalar(String text) {
    boolean isPlain =
        PLAIN.matcher(text).matches()
            && !text.endsWith(":")
            && !WORDS.contains(text.toLowerCase(Locale.ROOT));
    return isPlain ? text : quoted(text);
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints()
        .forEach(
            point -> {
              switch (point) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                default -> {
                  if (isPrintable(point)) {
                    quoted.appendCodePoint(point);
                  } else {
                    quoted.append("\\u%04x".formatted(point));
                  }
                }
              }
            });
    return quoted.append('"').toString();
  }

  private static boolean isPrintable(int point) {
    return point >= FIRST_PRINTABLE
        && (point < DELETE || point > LAST_OF_LATIN_CONTROLS)
        && !INVISIBLE.contains(point);
  }
}
