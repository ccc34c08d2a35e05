package dev.lambdaconfig.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a tree of untrusted JSON within bounds. A tree beyond them is read to its end but not kept:
 * the parser is then where the next reader expects it, and the size of the whole tree is known.
 */
final class BoundedTree {

  /**
   * The bounds of a tree.
   *
   * @param characters characters of names, strings and numbers, and one for each value
   * @param values strings, numbers, lists and so on
   * @param depth nesting of lists and maps
   */
  record Bounds(int characters, int values, int depth) {}

  /** The reason for which a tree is not kept. */
  enum Fault {
    /** The tree has too many characters. */
    SIZE,
    /** The tree has too many values. */
    COUNT,
    /** The lists and maps of the tree are nested too deeply. */
    DEPTH,
    /** The tree has a number that is too large or too long for any field of the API. */
    NUMBER
  }

  /** Maximum length of a name in a path; longer ones are cut, because paths are for messages. */
  private static final int LONGEST_NAME = 64;

  /**
   * Maximum length of a number. A longer one is refused by its length alone, without being parsed.
   */
  private static final int LONGEST_NUMBER = 40;

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** The names that were read last: thousands of specs have the same ones, and none is a secret. */
  private static final RecentStrings NAMES = new RecentStrings(LONGEST_NAME);

  private final JsonParser parser;
  private final Bounds bounds;
  private final StringBuilder path = new StringBuilder();
  private long characters;
  private long values;
  private @Nullable Fault fault;
  private @Nullable String where;

  private BoundedTree(JsonParser parser, Bounds bounds) {
    this.parser = parser;
    this.bounds = bounds;
  }

  /**
   * The result of reading a tree.
   *
   * @param tree the tree; if it has a fault, at most the booleans at its top level
   * @param fault the reason for which it is not kept as a whole, or null
   * @param path the path of the fault, such as {@code .environment.variables.A}; empty at the top
   *     level
   * @param characters the size of the whole tree, kept or not
   * @param values the number of values of the whole tree, kept or not
   */
  record Reading(
      @Nullable JsonNode tree, @Nullable Fault fault, String path, long characters, long values) {}

  /**
   * Reads the value at the parser's current token.
   *
   * @throws IOException if the input is not JSON
   */
  static Reading read(JsonParser parser, Bounds bounds) throws IOException {
    BoundedTree reader = new BoundedTree(parser, bounds);
    JsonNode tree = reader.value(0);
    Fault fault = reader.fault;
    return new Reading(
        tree, fault, reader.where == null ? "" : reader.where, reader.characters, reader.values);
  }

  /** Reads a value; returns null once nothing is kept any more. */
  private @Nullable JsonNode value(int depth) throws IOException {
    JsonToken token = parser.currentToken();
    count(token);
    if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
      check(depth >= bounds.depth(), Fault.DEPTH);
    }
    if (fault != null && !(depth == 1 && token.isBoolean())) {
      pass(token);
      return null;
    }
    return switch (token) {
      case START_OBJECT -> object(depth);
      case START_ARRAY -> array(depth);
      case VALUE_STRING -> NODES.textNode(parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(token);
      case VALUE_TRUE -> NODES.booleanNode(true);
      case VALUE_FALSE -> NODES.booleanNode(false);
      default -> NODES.nullNode();
    };
  }

  private JsonNode object(int depth) throws IOException {
    ObjectNode object = NODES.objectNode();
    int length = path.length();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      path.append('.').append(shortened(name));
      characters += name.length();
      parser.nextToken();
      JsonNode member = value(depth + 1);
      path.setLength(length);
      if (member != null) {
        object.set(NAMES.shared(name), member);
      }
    }
    return object;
  }

  private JsonNode array(int depth) throws IOException {
    ArrayNode array = NODES.arrayNode();
    int length = path.length();
    for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
      path.append('[').append(i).append(']');
      JsonNode item = value(depth + 1);
      path.setLength(length);
      if (item != null) {
        array.add(item);
      }
    }
    return array;
  }

  private @Nullable JsonNode number(JsonToken token) throws IOException {
    if (parser.getTextLength() <= LONGEST_NUMBER) {
      if (token == JsonToken.VALUE_NUMBER_FLOAT) {
        double number = parser.getDoubleValue();
        if (Double.isFinite(number)) {
          return NODES.numberNode(number);
        }
      } else if (parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
        long number = parser.getLongValue();
        return (int) number == number ? NODES.numberNode((int) number) : NODES.numberNode(number);
      }
    }
    check(true, Fault.NUMBER);
    return null;
  }

  /** Reads to the end of a value that is not kept. */
  private void pass(JsonToken first) throws IOException {
    int open = first.isStructStart() ? 1 : 0;
    while (open > 0) {
      JsonToken token = parser.nextToken();
      if (token == JsonToken.FIELD_NAME) {
        characters += parser.getTextLength();
      } else if (token.isStructEnd()) {
        open--;
      } else {
        count(token);
        open += token.isStructStart() ? 1 : 0;
      }
    }
  }

  private void count(JsonToken token) throws IOException {
    values++;
    characters++;
    if (token == JsonToken.VALUE_STRING || token.isNumeric()) {
      characters += parser.getTextLength();
    }
    check(values > bounds.values(), Fault.COUNT);
    check(characters > bounds.characters(), Fault.SIZE);
  }

  private void check(boolean beyond, Fault kind) {
    if (beyond && fault == null) {
      fault = kind;
      where = path.toString();
    }
  }

  static String shortened(String name) {
    if (name.length() <= LONGEST_NAME) {
      return name;
    }
    int end = Character.isHighSurrogate(name.charAt(LONGEST_NAME - 1)) ? 63 : LONGEST_NAME;
    return name.substring(0, end) + "…";
  }
}
