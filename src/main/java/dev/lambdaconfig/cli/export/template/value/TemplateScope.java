package dev.lambdaconfig.cli.export.template.value;

import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;

/**
 * The nodes to which the functions of a template refer, and those without a value, with the reason.
 */
final class TemplateScope {

  private final TemplateNames names;
  private final @Nullable Node mappings;
  private final IdentityHashMap<Node, String> problems = new IdentityHashMap<>();

  /**
   * Knows no problem yet.
   *
   * @param mappings the section {@code Mappings}, or null
   */
  TemplateScope(TemplateNames names, @Nullable Node mappings) {
    this.names = names;
    this.mappings = mappings;
  }

  TemplateNames names() {
    return names;
  }

  /** Records that a node, or the loop of a key, is not known, and why. */
  void addProblem(Node node, String problem) {
    problems.put(node, problem);
  }

  /** The reason why a node, or the loop of a key, is not known, or null. */
  @Nullable String problem(Node node) {
    return problems.get(node);
  }

  /**
   * A node of the section {@code Mappings}, or what is missing.
   *
   * @param node the node, or null where there is none
   * @param missing what there is not, such as {@code Mappings/Sizes has no prod}
   * @param isOpen whether another tool adds members there, so that what is missing may be there
   */
  record Found(@Nullable Node node, String missing, boolean isOpen) {}

  /** The node of a map by its two keys. */
  Found inMap(String map, String top, String second) {
    Node node = mappings;
    String place = "Mappings";
    for (String key : List.of(map, top, second)) {
      Node inner = TemplateTree.member(node, key);
      if (inner == null) {
        return new Found(null, "%s has no %s".formatted(place, key), isOpen(node));
      }
      place += "/" + key;
      node = inner;
    }
    return new Found(node, "", false);
  }

  private static boolean isOpen(@Nullable Node node) {
    for (NodeTuple member : TemplateTree.members(node)) {
      if (TemplateTree.key(member).startsWith("Fn::")) {
        return true;
      }
    }
    return false;
  }
}
