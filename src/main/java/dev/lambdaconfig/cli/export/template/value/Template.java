package dev.lambdaconfig.cli.export.template.value;

import dev.lambdaconfig.model.Value.Structure;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** A template whose parameters have the values that are known. */
public final class Template {

  private final Node root;
  private final TemplateNames names;
  private final TemplateConditions conditions;

  private Template(Node root, TemplateNames names) {
    this.root = root;
    this.names = names;
    this.conditions = new TemplateConditions(TemplateTree.member(root, "Conditions"), names);
  }

  /**
   * Reads the parameters of a template.
   *
   * @throws TemplateException with all that is wrong with them
   */
  public static Template of(Node root, TemplateParameters parameters) throws TemplateException {
    Node tree = TemplateTree.of(root);
    TemplateNames none = new TemplateNames(Map.of(), Set.of());
    TemplateValues plain =
        new TemplateValues(none, new TemplateConditions(null, none), (line, what) -> {});
    Node declared = TemplateTree.member(tree, "Parameters");
    return new Template(
        tree,
        parameters.names(
            declared != null && plain.of(declared) instanceof Structure section
                ? section
                : Structure.EMPTY));
  }

  /** The section of a name, or null. */
  public @Nullable Node section(String name) {
    return TemplateTree.member(root, name);
  }

  /** The conditions. */
  public TemplateConditions conditions() {
    return conditions;
  }

  /**
   * The values of nodes.
   *
   * @param unresolved receives the line of each value that is not known, and why it is not
   */
  public TemplateValues values(BiConsumer<Integer, String> unresolved) {
    return new TemplateValues(names, conditions, unresolved);
  }
}
