package dev.lambdaconfig.cli.manifest.tree;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdaconfig.text.WholeText;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Builds the tree of one document from what a parser finds, without recursion and within bounds.
 */
final class TreeBuilder {

  /** Maximum nesting of lists and maps, three times that of any spec that the operator keeps. */
  static final int DEPTH = 100;

  private static final int LONGEST_KEY_IN_MESSAGE = 80;

  /** A value that is complete, and its number of characters with all aliases written out. */
  private record Complete(JsonNode node, PositionTree positions, long size) {}

  /** A list or map that is not complete yet. */
  private static final class Frame {
    final Position at;
    final @Nullable String anchor;
    final @Nullable ObjectNode map;
    final ArrayNode list = JsonNodeFactory.instance.arrayNode();
    final Map<String, PositionTree> members = new LinkedHashMap<>();
    final List<PositionTree> items = new ArrayList<>();
    final List<Complete> merged = new ArrayList<>();
    long size = 1;
    @Nullable String key;
    Position keyAt;
    boolean isMerge;

    Frame(Position at, @Nullable String anchor, @Nullable ObjectNode map) {
      this.at = at;
      this.anchor = anchor;
      this.map = map;
      this.keyAt = at;
    }
  }

  private final Allowance allowance;
  private final Deque<Frame> frames = new ArrayDeque<>();
  private final Map<String, Complete> anchors = new HashMap<>();
  private final List<TextFault> faults = new ArrayList<>();
  private @Nullable Complete root;

  TreeBuilder(Allowance allowance) {
    this.allowance = allowance;
  }

  Document document() {
    return root == null
        ? new Document(
            NullNode.instance, new PositionTree(Position.START, Map.of(), List.of()), faults)
        : new Document(root.node, root.positions, faults);
  }

  /** Whether the next scalar is the key of a map. */
  boolean expectsKey() {
    Frame frame = frames.peek();
    return frame != null && frame.map != null && frame.key == null && !frame.isMerge;
  }

  void startMap(Position at, @Nullable String anchor) throws TextFaultException {
    open(at, anchor, JsonNodeFactory.instance.objectNode());
  }

  void startList(Position at, @Nullable String anchor) throws TextFaultException {
    open(at, anchor, null);
  }

  private void open(Position at, @Nullable String anchor, @Nullable ObjectNode map)
      throws TextFaultException {
    if (expectsKey()) {
      throw new TextFaultException(at, "a list or map is used as a key: write a text");
    }
    if (frames.size() == DEPTH) {
      throw new TextFaultException(
          at, "this is nested in more than " + DEPTH + " lists and maps: remove some of them");
    }
    allowance.takeValue(at);
    frames.push(new Frame(at, anchor, map));
  }

  void key(String key, Position at) {
    Frame frame = frames.element();
    frame.key = key;
    frame.keyAt = at;
    frame.size += key.length();
  }

  /** Takes the key {@code <<}: the members of its value become members of this map. */
  void mergeKey(Position at) {
    Frame frame = frames.element();
    frame.isMerge = true;
    frame.keyAt = at;
  }

  void scalar(JsonNode value, Position at, @Nullable String anchor) throws TextFaultException {
    allowance.takeValue(at);
    long size = 1L + (value.isTextual() ? value.textValue().length() : 0);
    PositionTree positions = new PositionTree(at, Map.of(), List.of());
    add(new Complete(value, positions, size), at, anchor);
  }

  void alias(String name, Position at) throws TextFaultException {
    Complete value = anchors.get(name);
    if (value == null) {
      throw new TextFaultException(
          at,
          "nothing before this alias has the anchor &"
              + WholeText.shortened(name, LONGEST_KEY_IN_MESSAGE)
              + ": write the value here");
    }
    if (expectsKey()) {
      throw new TextFaultException(at, "an alias is used as a key: write the key itself");
    }
    allowance.takeValue(at);
    allowance.takeRepeated(value.size, at);
    add(value, at, null);
  }

  void end() throws TextFaultException {
    Frame frame = frames.pop();
    ObjectNode map = frame.map;
    if (map != null) {
      merge(frame, map);
    }
    PositionTree positions = new PositionTree(frame.at, frame.members, frame.items);
    add(
        new Complete(map == null ? frame.list : map, positions, frame.size),
        frame.at,
        frame.anchor);
  }

  private void add(Complete value, Position at, @Nullable String anchor) throws TextFaultException {
    if (anchor != null) {
      anchors.put(anchor, value);
    }
    Frame frame = frames.peek();
    if (frame == null) {
      root = value;
      return;
    }
    frame.size += value.size;
    if (frame.map == null) {
      frame.list.add(value.node);
      frame.items.add(value.positions.at(at));
    } else if (frame.key != null) {
      put(frame, frame.map, frame.key, value);
      frame.key = null;
    } else {
      frame.isMerge = false;
      addMerged(frame, value);
    }
  }

  private void put(Frame frame, ObjectNode map, String key, Complete value) {
    PositionTree earlier = frame.members.put(key, value.positions.at(frame.keyAt));
    if (earlier != null) {
      faults.add(
          new TextFault(
              frame.keyAt,
              "the key %s is also on line %d: remove one of them"
                  .formatted(
                      WholeText.shortened(key, LONGEST_KEY_IN_MESSAGE),
                      earlier.position().line())));
    }
    map.set(key, value.node);
  }

  private static void addMerged(Frame frame, Complete value) throws TextFaultException {
    if (value.node.isObject()) {
      frame.merged.add(value);
      return;
    }
    if (!value.node.isArray() || !areMaps(value.node)) {
      throw new TextFaultException(
          frame.keyAt, "<< needs a map, or a list of maps: write the members here");
    }
    for (int i = 0; i < value.node.size(); i++) {
      frame.merged.add(new Complete(value.node.get(i), value.positions.item(i), 0));
    }
  }

  private static boolean areMaps(JsonNode list) {
    for (JsonNode item : list) {
      if (!item.isObject()) {
        return false;
      }
    }
    return true;
  }

  /** Adds the members of merged maps that the map itself does not have; the first map wins. */
  private static void merge(Frame frame, ObjectNode map) {
    for (Complete merged : frame.merged) {
      merged
          .node
          .properties()
          .forEach(
              member -> {
                PositionTree positions = merged.positions.members().get(member.getKey());
                if (positions != null && !map.has(member.getKey())) {
                  map.set(member.getKey(), member.getValue());
                  frame.members.put(member.getKey(), positions);
                }
              });
    }
  }
}
