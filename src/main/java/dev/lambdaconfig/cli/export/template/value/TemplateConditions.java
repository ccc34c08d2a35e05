package dev.lambdaconfig.cli.export.template.value;

import dev.lambdaconfig.model.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** The conditions of a template, as far as its parameters are known. */
public final class TemplateConditions {

  /** Whether a condition holds. */
  public enum Truth {
    /** It holds. */
    HOLDS,
    /** It does not hold. */
    FAILS,
    /** A value that it depends on is not known. */
    UNKNOWN;

    private static Truth of(boolean holds) {
      return holds ? HOLDS : FAILS;
    }

    private Truth negated() {
      return switch (this) {
        case HOLDS -> FAILS;
        case FAILS -> HOLDS;
        case UNKNOWN -> UNKNOWN;
      };
    }
  }

  /**
   * The result of a condition.
   *
   * @param reason what is not known, such as {@code !Ref Stage is not known}, or an empty text
   */
  public record Outcome(Truth truth, String reason) {}

  private final Map<String, Node> declared = new HashMap<>();
  private final TemplateScope scope;
  private final Map<String, Outcome> known = new HashMap<>();
  private final Set<String> open = new HashSet<>();
  private final List<String> notWrittenOut = new ArrayList<>();

  /**
   * Reads no condition yet.
   *
   * @param section the section {@code Conditions}, or null
   */
  TemplateConditions(@Nullable Node section, TemplateScope scope) {
    for (NodeTuple condition : TemplateTree.members(section)) {
      declared.put(TemplateTree.key(condition), condition.getValueNode());
      String problem = scope.problem(condition.getKeyNode());
      if (problem != null) {
        notWrittenOut.add(TemplateTree.key(condition) + " is not known: " + problem);
      }
    }
    this.scope = scope;
  }

  /**
   * Returns whether a condition holds.
   *
   * @throws TemplateException if it is not declared, or depends on itself
   */
  public Outcome of(String name) throws TemplateException {
    Outcome outcome = known.get(name);
    if (outcome != null) {
      return outcome;
    }
    Node node = declared.get(name);
    if (node == null && !notWrittenOut.isEmpty()) {
      return new Outcome(Truth.UNKNOWN, String.join("; ", notWrittenOut));
    }
    if (node == null) {
      throw new TemplateException("the condition %s is not declared".formatted(name));
    }
    if (!open.add(name)) {
      throw new TemplateException("the condition %s depends on itself".formatted(name));
    }
    List<String> reasons = new ArrayList<>();
    Truth truth = truth(node, reasons);
    open.remove(name);
    outcome = new Outcome(truth, truth == Truth.UNKNOWN ? String.join("; ", reasons) : "");
    known.put(name, outcome);
    return outcome;
  }

  private Truth truth(Node node, List<String> reasons) throws TemplateException {
    String function = TemplateTree.function(node);
    Node argument = TemplateTree.argument(node);
    if (function == null && TemplateTree.member(node, "Condition") != null) {
      function = "Condition";
    }
    if (function == null) {
      return unknown("a value that is no condition", node, reasons);
    }
    if (function.equals("Condition") && argument instanceof ScalarNode name) {
      return of(name.getValue(), reasons);
    }
    List<Node> operands =
        argument instanceof SequenceNode sequence ? sequence.getValue() : List.of();
    if (operands.isEmpty()) {
      return unknown("!" + function, node, reasons);
    }
    return switch (function) {
      case "Not" -> truth(operands.getFirst(), reasons).negated();
      case "And" -> all(operands, Truth.FAILS, reasons);
      case "Or" -> all(operands, Truth.HOLDS, reasons);
      case "Equals" -> equal(operands.getFirst(), operands.getLast(), reasons);
      default -> unknown("!" + function, node, reasons);
    };
  }

  private static Truth unknown(String what, Node node, List<String> reasons) {
    reasons.add("%s on line %d is not known".formatted(what, TemplateTree.line(node)));
    return Truth.UNKNOWN;
  }

  private Truth of(String name, List<String> reasons) throws TemplateException {
    Outcome outcome = of(name);
    if (outcome.truth() == Truth.UNKNOWN) {
      reasons.add(outcome.reason());
    }
    return outcome.truth();
  }

  /** The truth of several, of which one decides if it is met. */
  private Truth all(List<Node> operands, Truth deciding, List<String> reasons)
      throws TemplateException {
    Truth all = deciding.negated();
    for (Node operand : operands) {
      Truth truth = truth(operand, reasons);
      if (truth == deciding) {
        return deciding;
      }
      all = truth == Truth.UNKNOWN ? Truth.UNKNOWN : all;
    }
    return all;
  }

  private Truth equal(Node one, Node other, List<String> reasons) throws TemplateException {
    TemplateValues values = new TemplateValues(scope, this, (line, what) -> reasons.add(what));
    Value left = values.of(one);
    Value right = values.of(other);
    if (left != null
        && right != null
        && TemplateValues.isScalar(left)
        && TemplateValues.isScalar(right)) {
      return Truth.of(left.toString().equals(right.toString()));
    }
    if (reasons.isEmpty()) {
      reasons.add("!Equals of lists on line " + TemplateTree.line(one) + " is not known");
    }
    return Truth.UNKNOWN;
  }
}
