package dev.lambdaconfig.hostile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Trees of JSON with something wrong in a few places, and what no tree can be: their texts. */
public final class HostileJson {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** What stands in a tree for a piece of text that no tree can hold. */
  private static final String STAND_IN = "stand-in-for-raw-text-";

  private final Random random;
  private final HostileText texts;
  private final int longest;
  private final List<String> raw = new ArrayList<>();

  /** Creates a source; strings are at most that long. */
  public HostileJson(Random random, int longest) {
    this.random = random;
    this.texts = new HostileText(random);
    this.longest = longest;
  }

  /** A place in a tree: a member of an object or an item of a list. */
  private record Place(JsonNode parent, String name, int index) {

    JsonNode value() {
      return parent instanceof ObjectNode ? parent.path(name) : parent.path(index);
    }

    void set(JsonNode value) {
      if (parent instanceof ObjectNode object) {
        object.set(name, value);
      } else {
        ((ArrayNode) parent).set(index, value);
      }
    }

    void remove() {
      if (parent instanceof ObjectNode object) {
        object.remove(name);
      } else {
        ((ArrayNode) parent).remove(index);
      }
    }
  }

  /** Any value, of any type. */
  public JsonNode value() {
    return switch (random.nextInt(12)) {
      case 0 -> NODES.nullNode();
      case 1 -> NODES.booleanNode(random.nextBoolean());
      case 2 -> NODES.numberNode(random.nextInt());
      case 3 -> NODES.numberNode(random.nextDouble());
      case 4 -> NODES.numberNode(Long.MAX_VALUE);
      case 5 -> raw("9".repeat(1 + random.nextInt(500)));
      case 6 -> raw("1e" + random.nextInt(1_000_000_000));
      case 7 -> nested();
      case 8 -> object();
      case 9 -> list();
      default -> NODES.textNode(texts.next(longest));
    };
  }

  private JsonNode nested() {
    int depth = 1 + random.nextInt(3000);
    return raw("[".repeat(depth) + "]".repeat(depth));
  }

  private ObjectNode object() {
    ObjectNode object = NODES.objectNode();
    for (int i = random.nextInt(4); i > 0; i--) {
      object.set(texts.next(60), value());
    }
    return object;
  }

  private ArrayNode list() {
    ArrayNode list = NODES.arrayNode();
    if (random.nextInt(20) == 0) {
      for (int i = random.nextInt(8000); i > 0; i--) {
        list.add("a");
      }
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      list.add(value());
    }
    return list;
  }

  private JsonNode raw(String text) {
    raw.add(text);
    return NODES.textNode(STAND_IN + (raw.size() - 1) + ".");
  }

  /** A copy of a tree with something wrong in one to four places. */
  public ObjectNode mutated(ObjectNode tree) {
    ObjectNode copy = tree.deepCopy();
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      List<Place> places = new ArrayList<>();
      collect(copy, places);
      mutate(copy, places);
    }
    return copy;
  }

  private void mutate(ObjectNode tree, List<Place> places) {
    if (places.isEmpty() || random.nextInt(8) == 0) {
      tree.set(texts.next(60), value());
      return;
    }
    Place place = places.get(random.nextInt(places.size()));
    switch (random.nextInt(7)) {
      case 0 -> place.remove();
      case 1 -> place.set(NODES.nullNode());
      case 2 -> place.set(NODES.arrayNode().add(place.value().deepCopy()));
      case 3 -> place.set(places.get(random.nextInt(places.size())).value().deepCopy());
      case 4, 5 -> place.set(sameType(place.value()));
      default -> place.set(value());
    }
  }

  /** A copy of a tree in which only texts and numbers are others, of the same types. */
  public ObjectNode sameTypes(ObjectNode tree) {
    ObjectNode copy = tree.deepCopy();
    for (int i = 1 + random.nextInt(6); i > 0; i--) {
      List<Place> places = new ArrayList<>();
      collect(copy, places);
      places.removeIf(place -> place.value().isContainerNode());
      if (!places.isEmpty()) {
        Place place = places.get(random.nextInt(places.size()));
        if (random.nextInt(4) == 0) {
          place.remove();
        } else {
          place.set(sameType(place.value()));
        }
      }
    }
    return copy;
  }

  private JsonNode sameType(JsonNode value) {
    if (value.isNumber()) {
      if (random.nextInt(4) == 0) {
        // Some libraries read these as numbers.
        return random.nextBoolean() ? NODES.textNode("NaN") : NODES.textNode("-Infinity");
      }
      return NODES.numberNode(
          switch (random.nextInt(5)) {
            case 0 -> Integer.MAX_VALUE;
            case 1 -> Integer.MIN_VALUE;
            case 2 -> 0;
            case 3 -> -1;
            default -> random.nextInt();
          });
    }
    if (value.isTextual()) {
      return NODES.textNode(
          random.nextBoolean() ? texts.next(longest) : texts.mutated(value.asText()));
    }
    return value.isBoolean() ? NODES.booleanNode(!value.booleanValue()) : value.deepCopy();
  }

  private static void collect(JsonNode node, List<Place> places) {
    if (node instanceof ObjectNode object) {
      object
          .fieldNames()
          .forEachRemaining(
              name -> {
                places.add(new Place(object, name, 0));
                collect(object.get(name), places);
              });
    } else if (node instanceof ArrayNode list) {
      for (int i = 0; i < list.size(); i++) {
        places.add(new Place(list, "", i));
        collect(list.get(i), places);
      }
    }
  }

  /** The text of a tree, with unpaired surrogates as escapes and, at times, a member twice. */
  public String text(JsonNode tree) {
    String text = escaped(tree.toString());
    for (int i = 0; i < raw.size(); i++) {
      text = text.replace("\"" + STAND_IN + i + ".\"", raw.get(i));
    }
    return random.nextInt(6) == 0 && tree.isObject() && !tree.isEmpty()
        ? "{"
            + escaped(NODES.textNode(tree.fieldNames().next()).toString())
            + ":7,"
            + text.substring(1)
        : text;
  }

  private static String escaped(String json) {
    StringBuilder ascii = new StringBuilder();
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (Character.isSurrogate(c)) {
        ascii.append("\\u%04x".formatted((int) c));
      } else {
        ascii.append(c);
      }
    }
    return ascii.toString();
  }
}
