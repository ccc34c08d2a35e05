package dev.lambdaconfig.cli.export.template.value;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * The tree of a template, in which merge keys ({@code <<: *base}) are resolved. CloudFormation
 * reads none, but the tools that upload a template write the result ({@code sam deploy}, {@code aws
 * cloudformation package}).
 */
public final class TemplateTree {

  private static final String MERGE = "<<";

  /** The most members that merge keys repeat. */
  private static final int MOST_MERGED = 200_000;

  private final IdentityHashMap<Node, Node> resolved = new IdentityHashMap<>();
  private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());
  private int merged;

  private TemplateTree() {}

  /** The tree of a template without merge keys. */
  public static Node of(Node root) throws TemplateException {
    return new TemplateTree().resolve(root);
  }

  /** The member of a mapping, or null where there is none. */
  public static @Nullable Node member(@Nullable Node node, String name) {
    for (NodeTuple tuple : members(node)) {
      if (name.equals(key(tuple))) {
        return tuple.getValueNode();
      }
    }
    return null;
  }

  /** The members of a mapping; none of anything else. */
  public static List<NodeTuple> members(@Nullable Node node) {
    return node instanceof MappingNode mapping ? mapping.getValue() : List.of();
  }

  /** The key of a member, or an empty text where it is none. */
  public static String key(NodeTuple member) {
    return member.getKeyNode() instanceof ScalarNode key ? key.getValue() : "";
  }

  /** The line of a node, from 1. */
  public static int line(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
  }

  /** The name of the intrinsic function that a node calls, such as {@code Ref}, or null. */
  public static @Nullable String function(Node node) {
    String tag = node.getTag().getValue();
    if (tag.startsWith("!")) {
      return tag.substring(1);
    }
    if (members(node).size() != 1) {
      return null;
    }
    String name = key(members(node).getFirst());
    boolean isFunction =
        name.equals("Ref") || (name.startsWith("Fn::") && !name.startsWith("Fn::ForEach::"));
    return isFunction ? name.replace("Fn::", "") : null;
  }

  /** The argument of the intrinsic function that a node calls, by a tag or by a single member. */
  static Node argument(Node node) {
    return node.getTag().getValue().startsWith("!") || members(node).isEmpty()
        ? node
        : members(node).getFirst().getValueNode();
  }

  private Node resolve(Node node) throws TemplateException {
    Node known = resolved.get(node);
    if (known != null) {
      return known;
    }
    if (!(node instanceof MappingNode) && !(node instanceof SequenceNode)) {
      return node;
    }
    if (!open.add(node)) {
      throw new TemplateException("line %d: an alias refers to itself".formatted(line(node)));
    }
    Node result =
        node instanceof MappingNode mapping ? mapping(mapping) : sequence((SequenceNode) node);
    open.remove(node);
    resolved.put(node, result);
    return result;
  }

  private Node sequence(SequenceNode sequence) throws TemplateException {
    List<Node> items = new ArrayList<>();
    for (Node item : sequence.getValue()) {
      items.add(resolve(item));
    }
    return withItems(sequence, items);
  }

  private Node mapping(MappingNode mapping) throws TemplateException {
    Map<String, NodeTuple> members = new LinkedHashMap<>();
    List<Node> bases = new ArrayList<>();
    for (NodeTuple member : mapping.getValue()) {
      Node value = resolve(member.getValueNode());
      if (!(member.getKeyNode() instanceof ScalarNode key)) {
        throw new TemplateException(
            "line %d: a key is no text".formatted(line(member.getKeyNode())));
      }
      if (key.isPlain() && key.getValue().equals(MERGE)) {
        bases.addAll(value instanceof SequenceNode list ? list.getValue() : List.of(value));
      } else if (members.put(key.getValue(), new NodeTuple(key, value)) != null) {
        throw new TemplateException(
            "line %d: the key %s is there twice: remove one".formatted(line(key), key.getValue()));
      }
    }
    for (Node base : bases) {
      if (!(base instanceof MappingNode)) {
        throw new TemplateException("line %d: << merges mappings only".formatted(line(base)));
      }
      for (NodeTuple member : members(base)) {
        members.putIfAbsent(key(member), member);
        merged++;
      }
    }
    if (merged > MOST_MERGED) {
      throw new TemplateException("<< repeats more than " + MOST_MERGED + " members");
    }
    return withMembers(mapping, List.copyOf(members.values()));
  }

  /** The same list with other items. */
  public static SequenceNode withItems(SequenceNode sequence, List<Node> items) {
    return new SequenceNode(
        sequence.getTag(),
        true,
        items,
        sequence.getFlowStyle(),
        sequence.getStartMark(),
        sequence.getEndMark());
  }

  /** The same mapping with other members. */
  public static MappingNode withMembers(MappingNode mapping, List<NodeTuple> members) {
    return new MappingNode(
        mapping.getTag(),
        true,
        members,
        mapping.getFlowStyle(),
        mapping.getStartMark(),
        mapping.getEndMark());
  }
}
