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
  private final TemplateScope scope;
  private final TemplateConditions conditions;
  private final @Nullable Node resources;

  private Template(Node root, TemplateNames names) throws TemplateException {
    this.root = root;
    this.scope = new TemplateScope(names, section("Mappings"));
    Node transform = section("Transform");
    TemplateConditions none = new TemplateConditions(null, scope);
    TemplateLoops loops = new TemplateLoops(scope, none, transform);
    this.conditions = new TemplateConditions(loops.writtenOut(section("Conditions")), scope);
    this.resources =
        new TemplateLoops(scope, conditions, transform).resources(section("Resources"));
  }

  /**
   * Reads the parameters of a template, and writes out its loops.
   *
   * @throws TemplateException with all that is wrong with them
   */
  public static Template of(Node root, TemplateParameters parameters) throws TemplateException {
    Node tree = TemplateTree.of(root);
    TemplateScope none = new TemplateScope(new TemplateNames(Map.of(), Set.of()), null);
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

  /** The section of the resources, with its loops written out as far as they are known. */
  public @Nullable Node resources() {
    return resources;
  }

  /** The reason why the loop of a key is not written out, or null. */
  public @Nullable String problem(Node key) {
    return scope.problem(key);
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
    return new TemplateValues(scope, conditions, unresolved);
  }
}
