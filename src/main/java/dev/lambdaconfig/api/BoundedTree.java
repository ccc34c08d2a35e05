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
 * Reads a tree of JSON that anybody may have written, as long as it stays within bounds. Beyond
 * them it reads on to the end and keeps nothing: the parser is then where the next reader expects
 * it, and the size of the whole is known.
 */
final class BoundedTree {

  /**
   * What a tree may be.
   *
   * @param characters in names, strings and numbers, and one for each value
   * @param values strings, numbers, lists and so on
   * @param depth lists and maps inside each other
   */
  record Bounds(int characters, int values, int depth) {}

  /** Why a tree is not kept. */
  enum Fault {
    /** It has more characters than it may. */
    SIZE,
    /** It has more values than it may. */
    COUNT,
    /** Its lists and maps are too deep inside each other. */
    DEPTH,
    /** It has a number that no number of the API is like. */
    NUMBER
  }

  /** Paths are for messages: longer names are cut. */
  private static final int LONGEST_NAME = 64;

  /** The digits of numbers that anybody means; others are told from them without reading them. */
  private static final int LONGEST_NUMBER = 40;

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** Names are no secrets, and thousands of specs have the same. */
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
   * What was read.
   *
   * @param tree the tree; of one with a fault at most what is true or false at its top
   * @param fault why it is not kept as a whole, or null if it is
   * @param path where the fault is, such as {@code .environment.variables.A}; empty at the top
   * @param characters how large it is, kept or not
   * @param values how many values it has, kept or not
   */
  record Reading(
      @Nullable JsonNode tree, @Nullable Fault fault, String path, long characters, long values) {}

  /**
   * Reads the value that the parser is at.
   *
   * @throws IOException if it is no JSON
   */
  static Reading read(JsonParser parser, Bounds bounds) throws IOException {
    BoundedTree reader = new BoundedTree(parser, bounds);
    JsonNode tree = reader.value(0);
    Fault fault = reader.fault;
    return new Reading(
        tree, fault, reader.where == null ? "" : reader.where, reader.characters, reader.values);
  }

  /** The value, or null where nothing is kept any more. */
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

  /** Reads on to the end of a value that is not kept. */
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
