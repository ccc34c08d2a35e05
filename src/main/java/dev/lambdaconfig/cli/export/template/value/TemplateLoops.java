package dev.lambdaconfig.cli.export.template.value;

import dev.lambdaconfig.model.Value;
import dev.lambdaconfig.model.Value.Items;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * The loops of a template ({@code Fn::ForEach}), written out as the transform {@code
 * AWS::LanguageExtensions} does before SAM's. A loop whose collection is not known stays, and its
 * key has a problem in the scope.
 */
final class TemplateLoops {

  private static final String PREFIX = "Fn::ForEach::";
  private static final String TRANSFORM = "AWS::LanguageExtensions";

  /** The most resources of a template: a quota of CloudFormation, which loops do not change. */
  private static final int MOST_RESOURCES = 500;

  /** The most nodes and turns of all loops. */
  private static final int MOST = 200_000;

  private static final Pattern OTHER_THAN_ALPHANUMERIC = Pattern.compile("[^A-Za-z0-9]");

  private final TemplateScope scope;
  private final TemplateConditions conditions;
  private final boolean isTransformed;
  private final TemplateText texts = new TemplateText();
  private final IdentityHashMap<Node, Node> outsideOfLoops = new IdentityHashMap<>();
  private int repeated;

  /**
   * Writes out nothing yet.
   *
   * @param transform the section {@code Transform}, or null
   */
  TemplateLoops(TemplateScope scope, TemplateConditions conditions, @Nullable Node transform) {
    this.scope = scope;
    this.conditions = conditions;
    this.isTransformed = transform != null && names(transform);
  }

  /** Whether a member of a mapping is a loop, or what is left of one. */
  static boolean isLoop(NodeTuple member) {
    return TemplateTree.key(member).startsWith(PREFIX);
  }

  private static boolean names(Node transform) {
    return switch (transform) {
      case ScalarNode scalar -> scalar.getValue().equals(TRANSFORM);
      case SequenceNode list -> list.getValue().stream().anyMatch(TemplateLoops::names);
      default -> false;
    };
  }

  /** A section with its loops written out. */
  @Nullable Node writtenOut(@Nullable Node section) throws TemplateException {
    return section == null ? null : node(section, Map.of());
  }

  /** The section {@code Resources} with its loops written out. */
  @Nullable Node resources(@Nullable Node section) throws TemplateException {
    if (!(section instanceof MappingNode mapping)) {
      return section;
    }
    boolean hasLoop = mapping.getValue().stream().anyMatch(TemplateLoops::isLoop);
    return mapping(mapping, Map.of(), hasLoop ? MOST_RESOURCES : Integer.MAX_VALUE);
  }

  /**
   * A node with its loops written out.
   *
   * @param turn the identifiers of the loops around it, with their values
   */
  private Node node(Node node, Map<String, String> turn) throws TemplateException {
    if (!turn.isEmpty()) {
      repeat(node);
      return inLoop(node, turn);
    }
    Node known = outsideOfLoops.get(node);
    if (known == null) {
      known = inLoop(node, turn);
      outsideOfLoops.put(node, known);
    }
    return known;
  }

  private void repeat(Node node) throws TemplateException {
    repeated++;
    if (repeated > MOST) {
      throw new TemplateException(
          "line %d: the loops of the template make more than %d values"
              .formatted(TemplateTree.line(node), MOST));
    }
  }

  private Node inLoop(Node node, Map<String, String> turn) throws TemplateException {
    if ("Ref".equals(TemplateTree.function(node))
        && TemplateTree.argument(node) instanceof ScalarNode name) {
      String value = turn.get(name.getValue());
      return value == null ? node : text(name, Tag.STR, value);
    }
    return switch (node) {
      case ScalarNode scalar when !turn.isEmpty() -> scalar(scalar, turn);
      case SequenceNode sequence -> {
        List<Node> items = new ArrayList<>();
        for (Node item : sequence.getValue()) {
          items.add(node(item, turn));
        }
        yield TemplateTree.withItems(sequence, items);
      }
      case MappingNode mapping -> mapping(mapping, turn, Integer.MAX_VALUE);
      default -> node;
    };
  }

  private ScalarNode scalar(ScalarNode scalar, Map<String, String> turn) throws TemplateException {
    String value = scalar.getValue();
    for (Map.Entry<String, String> variable : turn.entrySet()) {
      value = texts.replaced(value, "${" + variable.getKey() + "}", variable.getValue());
    }
    ScalarNode result =
        value.equals(scalar.getValue()) ? scalar : text(scalar, scalar.getTag(), value);
    for (String name : turn.keySet()) {
      // CloudFormation is documented to replace it here too, and reported not to.
      if (value.contains("&{" + name + "}")) {
        scope.addProblem(result, "&{%s} outside of a key".formatted(name));
      }
    }
    return result;
  }

  private String key(String key, Map<String, String> turn) throws TemplateException {
    String result = key;
    for (Map.Entry<String, String> variable : turn.entrySet()) {
      String name = variable.getKey();
      String value = variable.getValue();
      result = texts.replaced(result, "${" + name + "}", value);
      result =
          texts.replaced(
              result, "&{" + name + "}", OTHER_THAN_ALPHANUMERIC.matcher(value).replaceAll(""));
    }
    return result;
  }

  /** A text in quotes: that of a loop is never read as a number. */
  private static ScalarNode text(ScalarNode from, Tag tag, String value) {
    return new ScalarNode(
        tag, true, value, ScalarStyle.DOUBLE_QUOTED, from.getStartMark(), from.getEndMark());
  }

  private Node mapping(MappingNode mapping, Map<String, String> turn, int most)
      throws TemplateException {
    Map<String, NodeTuple> members = new LinkedHashMap<>();
    for (NodeTuple member : mapping.getValue()) {
      add(member, turn, members, most);
    }
    return TemplateTree.withMembers(mapping, List.copyOf(members.values()));
  }

  private void add(
      NodeTuple member, Map<String, String> turn, Map<String, NodeTuple> members, int most)
      throws TemplateException {
    String key = TemplateTree.key(member);
    if (isLoop(member)) {
      Items collection = collection(member, turn);
      if (collection == null) {
        members.putIfAbsent(key, member);
      } else {
        loop(member, collection, turn, members, most);
      }
      return;
    }
    String name = key(key, turn);
    Node keyNode =
        name.equals(key)
            ? member.getKeyNode()
            : text((ScalarNode) member.getKeyNode(), Tag.STR, name);
    int line = TemplateTree.line(keyNode);
    if (members.put(name, new NodeTuple(keyNode, node(member.getValueNode(), turn))) != null) {
      throw new TemplateException(
          "line %d: a loop makes the key %s twice: each turn needs one of its own"
              .formatted(line, name));
    }
    if (members.size() > most) {
      throw new TemplateException(
          "line %d: the loops make more than %d resources, which CloudFormation refuses"
              .formatted(line, most));
    }
  }

  /** Adds the members of the body of a loop for each item of its collection. */
  private void loop(
      NodeTuple loop,
      Items collection,
      Map<String, String> turn,
      Map<String, NodeTuple> members,
      int most)
      throws TemplateException {
    List<Node> parts = ((SequenceNode) loop.getValueNode()).getValue();
    Map<String, String> inner = new LinkedHashMap<>(turn);
    for (Value item : collection.items()) {
      repeat(loop.getKeyNode());
      inner.put(((ScalarNode) parts.getFirst()).getValue(), item.toString());
      for (NodeTuple member : TemplateTree.members(parts.getLast())) {
        add(member, inner, members, most);
      }
    }
  }

  /** The collection of a loop, or null where it is not known: then its key has a problem. */
  private @Nullable Items collection(NodeTuple loop, Map<String, String> turn)
      throws TemplateException {
    List<String> reasons = new ArrayList<>();
    Items collection = null;
    if (!isTransformed) {
      reasons.add("add %s to Transform".formatted(TRANSFORM));
    } else if (loop.getValueNode() instanceof SequenceNode parts
        && parts.getValue().size() == 3
        && parts.getValue().getFirst() instanceof ScalarNode identifier
        && parts.getValue().getLast() instanceof MappingNode) {
      String name = identifier.getValue();
      if (turn.containsKey(name) || scope.names().of(name) != null) {
        reasons.add("its identifier %s has another meaning around it".formatted(name));
      } else {
        collection = collection(node(parts.getValue().get(1), turn), reasons);
      }
    } else {
      reasons.add("it is no list of an identifier, a collection and a mapping");
    }
    if (collection == null) {
      scope.addProblem(loop.getKeyNode(), String.join("; ", reasons));
    }
    return collection;
  }

  private @Nullable Items collection(Node node, List<String> reasons) throws TemplateException {
    Value value = new TemplateValues(scope, conditions, (line, what) -> reasons.add(what)).of(node);
    if (value instanceof Items items && items.items().stream().allMatch(TemplateValues::isScalar)) {
      return items;
    }
    if (reasons.isEmpty()) {
      reasons.add("its collection is no list of texts");
    }
    return null;
  }
}
