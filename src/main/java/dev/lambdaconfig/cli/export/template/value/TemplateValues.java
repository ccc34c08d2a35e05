package dev.lambdaconfig.cli.export.template.value;

import dev.lambdaconfig.model.Value;
import dev.lambdaconfig.model.Value.Items;
import dev.lambdaconfig.model.Value.Structure;
import dev.lambdaconfig.text.WholeText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * The values of a template, with its functions resolved as far as parameters are known. Whatever
 * else stands for a value that only a deployment knows.
 */
public final class TemplateValues {

  /** Stands for a value that is not known, and for all that has one. Compared by identity. */
  public static final Value UNKNOWN = new Value.Text("(unknown)");

  private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]{0,17})(\\.[0-9]{1,9})?");

  /**
   * Texts without quotes that the YAML 1.1 of other tools reads as a boolean or an octal number.
   */
  private static final Pattern OTHER_IN_YAML_1_1 =
      Pattern.compile("(yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF|[-+]?0[0-7]+)");

  private static final String NOT_KNOWN = " is not known";
  private static final int LONGEST = 100;

  /** The most values of a template, with those that aliases repeat. */
  private static final int MOST = 200_000;

  private final TemplateScope scope;
  private final TemplateConditions conditions;
  private final BiConsumer<Integer, String> unresolved;
  private final TemplateFunctions functions;
  private int values;

  /** Resolves by the values of a template. */
  TemplateValues(
      TemplateScope scope, TemplateConditions conditions, BiConsumer<Integer, String> unresolved) {
    this.scope = scope;
    this.functions = new TemplateFunctions(scope, this);
    this.conditions = conditions;
    this.unresolved = unresolved;
  }

  /** Whether a value is not known, or has one that is not, at any depth. */
  public static boolean hasUnknown(@Nullable Value value) {
    return switch (value) {
      case Items(List<Value> items) -> items.stream().anyMatch(TemplateValues::hasUnknown);
      case Structure structure ->
          structure.members().values().stream().anyMatch(TemplateValues::hasUnknown);
      case null, default -> value == UNKNOWN;
    };
  }

  /** Whether a value is known, and neither a list nor a mapping. */
  public static boolean isScalar(@Nullable Value value) {
    return value != null
        && value != UNKNOWN
        && !(value instanceof Items)
        && !(value instanceof Structure);
  }

  /** Whether a text refers to a value that CloudFormation reads from elsewhere. */
  static boolean isDynamic(String text) {
    return text.contains("{{resolve:");
  }

  /** The value of a node, {@link #UNKNOWN}, or null where there is none. */
  public @Nullable Value of(Node node) throws TemplateException {
    count();
    String problem = scope.problem(node);
    if (problem != null) {
      return unknown(node, problem);
    }
    String function = TemplateTree.function(node);
    if (function != null) {
      return intrinsic(TemplateTree.argument(node), function);
    }
    return switch (node) {
      case ScalarNode scalar -> scalar(scalar);
      case SequenceNode sequence -> sequence(sequence);
      case MappingNode mapping -> mapping(mapping);
      default -> null;
    };
  }

  /**
   * Counts one more value.
   *
   * @throws TemplateException if these are too many
   */
  void count() throws TemplateException {
    values++;
    if (values > MOST) {
      throw new TemplateException("the template has more than " + MOST + " values");
    }
  }

  private Value scalar(ScalarNode scalar) {
    String text = scalar.getValue();
    if (scalar.getTag().equals(Tag.NULL)) {
      return unknown(scalar, "an empty value");
    }
    if (scalar.getTag().equals(Tag.BOOL)) {
      return new Value.Flag(Boolean.parseBoolean(text));
    }
    boolean isNumber = scalar.getTag().equals(Tag.INT) || scalar.getTag().equals(Tag.FLOAT);
    if (isNumber && NUMBER.matcher(text).matches()) {
      return new Value.Numeral(new BigDecimal(text));
    }
    if (scalar.isPlain() && OTHER_IN_YAML_1_1.matcher(text).matches()) {
      return unknown(scalar, "a text without quotes that YAML 1.1 reads in another way");
    }
    return text(scalar, text);
  }

  /** A text, which is not known if CloudFormation reads it from elsewhere. */
  Value text(Node node, String text) {
    return isDynamic(text) ? unknown(node, "a dynamic reference") : Value.text(text);
  }

  /** The values of a list, of which none can be left out. */
  Value sequence(SequenceNode sequence) throws TemplateException {
    List<Value> items = new ArrayList<>();
    for (Node node : sequence.getValue()) {
      Value item = of(node);
      if (item != null) {
        items.add(item);
      }
    }
    Items all = new Items(items);
    return hasUnknown(all) ? UNKNOWN : all;
  }

  private Value mapping(MappingNode mapping) throws TemplateException {
    Map<String, Value> structure = new TreeMap<>();
    for (NodeTuple member : mapping.getValue()) {
      String name = TemplateTree.key(member);
      // Such as Fn::Transform, which adds members beside its own.
      Value value =
          name.startsWith("Fn::") ? addition(member.getKeyNode(), name) : of(member.getValueNode());
      if (value != null) {
        structure.put(name, value);
      }
    }
    return Structure.of(structure);
  }

  /** Members that a function or a loop adds, which are not known. */
  private Value addition(Node key, String name) {
    String problem = scope.problem(key);
    String shown = WholeText.shortened(name, LONGEST);
    unresolved.accept(
        TemplateTree.line(key),
        problem == null ? shown + NOT_KNOWN : shown + NOT_KNOWN + ": " + problem);
    return UNKNOWN;
  }

  private @Nullable Value intrinsic(Node node, String name) throws TemplateException {
    return switch (name) {
      case "Ref" -> ref(node);
      case "If" -> choice(node);
      default -> functions.call(name, node);
    };
  }

  private @Nullable Value ref(Node node) {
    String name = node instanceof ScalarNode scalar ? scalar.getValue() : "";
    if (name.equals("AWS::NoValue")) {
      return null;
    }
    Value value = scope.names().of(name);
    return value == null ? unknown(node, "!Ref ", name, "") : value;
  }

  private @Nullable Value choice(Node node) throws TemplateException {
    if (!(node instanceof SequenceNode sequence)
        || sequence.getValue().size() != 3
        || !(sequence.getValue().getFirst() instanceof ScalarNode name)) {
      return unknown(node, "!If");
    }
    TemplateConditions.Outcome outcome = conditions.of(name.getValue());
    return switch (outcome.truth()) {
      case HOLDS -> of(sequence.getValue().get(1));
      case FAILS -> of(sequence.getValue().getLast());
      case UNKNOWN -> {
        unresolved.accept(TemplateTree.line(node), outcome.reason());
        yield UNKNOWN;
      }
    };
  }

  /** Reports that what stands at a node is not known. */
  Value unknown(Node node, String what) {
    unresolved.accept(TemplateTree.line(node), what + NOT_KNOWN);
    return UNKNOWN;
  }

  /** Reports that a name is not known, and how to make it known. */
  Value unknown(Node node, String before, String name, String after) {
    unresolved.accept(
        TemplateTree.line(node),
        before
            + WholeText.shortened(name, LONGEST)
            + after
            + NOT_KNOWN
            + scope.names().advice(name));
    return UNKNOWN;
  }
}
