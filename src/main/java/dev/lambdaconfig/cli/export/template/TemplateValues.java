package dev.lambdaconfig.cli.export.template;

import dev.lambdaconfig.model.Value;
import dev.lambdaconfig.model.Value.Items;
import dev.lambdaconfig.model.Value.Structure;
import dev.lambdaconfig.text.WholeText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * The values of a template, with {@code Ref}, {@code Sub} and {@code Join} resolved as far as
 * parameters are known. Whatever else stands for a value that only a deployment knows.
 */
final class TemplateValues {

  /** Stands for a value that is not known, and for all that has one. Compared by identity. */
  static final Value UNKNOWN = new Value.Text("(unknown)");

  private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]{0,17})(\\.[0-9]{1,9})?");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{(!?)([^}]*)\\}");
  private static final Pattern SECRET = Pattern.compile("\\{\\{resolve:");
  private static final int LONGEST = 100;

  /** The most values of a template, with those that aliases repeat. */
  private static final int MOST = 200_000;

  private final Map<String, Value> parameters;
  private final BiConsumer<Integer, String> unresolved;
  private int values;

  /**
   * Resolves by parameters.
   *
   * @param unresolved receives the line of each value that is not known, and what it is
   */
  TemplateValues(Map<String, Value> parameters, BiConsumer<Integer, String> unresolved) {
    this.parameters = parameters;
    this.unresolved = unresolved;
  }

  /** The value of a node, {@link #UNKNOWN}, or null where there is none. */
  @Nullable Value of(Node node) throws TemplateException {
    values++;
    if (values > MOST) {
      throw new TemplateException("the template has more than " + MOST + " values");
    }
    String tag = node.getTag().getValue();
    if (tag.startsWith("!")) {
      return intrinsic(node, tag.substring(1));
    }
    return switch (node) {
      case ScalarNode scalar -> scalar(scalar);
      case SequenceNode sequence -> sequence(sequence);
      case MappingNode mapping -> mapping(mapping);
      default -> null;
    };
  }

  private @Nullable Value scalar(ScalarNode scalar) {
    String text = scalar.getValue();
    if (scalar.getTag().equals(Tag.NULL)) {
      return null;
    }
    if (scalar.getTag().equals(Tag.BOOL)) {
      return new Value.Flag(Boolean.parseBoolean(text));
    }
    boolean isNumber = scalar.getTag().equals(Tag.INT) || scalar.getTag().equals(Tag.FLOAT);
    if (isNumber && NUMBER.matcher(text).matches()) {
      return new Value.Numeral(new BigDecimal(text));
    }
    if (SECRET.matcher(text).find()) {
      return unknown(scalar, "a dynamic reference");
    }
    return Value.text(text);
  }

  private Value sequence(SequenceNode sequence) throws TemplateException {
    List<Value> items = new ArrayList<>();
    boolean known = true;
    for (Node node : sequence.getValue()) {
      Value item = of(node);
      known &= item != UNKNOWN;
      if (item != null) {
        items.add(item);
      }
    }
    return known ? new Items(items) : UNKNOWN;
  }

  private @Nullable Value mapping(MappingNode mapping) throws TemplateException {
    List<NodeTuple> members = mapping.getValue();
    if (members.size() == 1 && members.getFirst().getKeyNode() instanceof ScalarNode key) {
      String name = key.getValue();
      if (name.equals("Ref") || name.startsWith("Fn::")) {
        return intrinsic(members.getFirst().getValueNode(), name.replace("Fn::", ""));
      }
    }
    Map<String, Value> structure = new TreeMap<>();
    for (NodeTuple member : members) {
      Value value = of(member.getValueNode());
      if (value != null && member.getKeyNode() instanceof ScalarNode key) {
        structure.put(key.getValue(), value);
      }
    }
    return Structure.of(structure);
  }

  private @Nullable Value intrinsic(Node node, String name) throws TemplateException {
    return switch (name) {
      case "Ref" -> ref(node);
      case "Sub" -> sub(node);
      case "Join" -> join(node);
      default -> unknown(node, "!" + WholeText.shortened(name, LONGEST));
    };
  }

  private @Nullable Value ref(Node node) {
    String name = node instanceof ScalarNode scalar ? scalar.getValue() : "";
    if (name.equals("AWS::NoValue")) {
      return null;
    }
    Value value = parameters.get(name);
    return value == null ? unknown(node, "!Ref " + WholeText.shortened(name, LONGEST)) : value;
  }

  private Value sub(Node node) throws TemplateException {
    Node text = node;
    Value own = null;
    if (node instanceof SequenceNode pair && pair.getValue().size() == 2) {
      text = pair.getValue().getFirst();
      own = of(pair.getValue().getLast());
    }
    if (!(text instanceof ScalarNode scalar) || SECRET.matcher(scalar.getValue()).find()) {
      return unknown(node, "!Sub");
    }
    StringBuilder resolved = new StringBuilder();
    Matcher matcher = VARIABLE.matcher(scalar.getValue());
    while (matcher.find()) {
      String name = matcher.group(2).strip();
      Value value =
          own instanceof Structure map && map.at(name) != null
              ? map.at(name)
              : parameters.get(name);
      if (matcher.group(1).isEmpty() && (value == null || value == UNKNOWN)) {
        return unknown(node, "!Sub ${" + WholeText.shortened(name, LONGEST) + "}");
      }
      matcher.appendReplacement(
          resolved,
          Matcher.quoteReplacement(
              matcher.group(1).isEmpty()
                  ? Objects.requireNonNull(value).toString()
                  : "${" + name + "}"));
    }
    return Value.text(matcher.appendTail(resolved).toString());
  }

  private Value join(Node node) throws TemplateException {
    Value pair = node instanceof SequenceNode sequence ? sequence(sequence) : null;
    if (pair instanceof Items parts
        && parts.items().size() == 2
        && parts.items().getFirst() instanceof Value.Text(String separator)
        && parts.items().getLast() instanceof Items items) {
      return Value.text(
          String.join(separator, items.items().stream().map(Value::toString).toList()));
    }
    return pair == UNKNOWN ? UNKNOWN : unknown(node, "!Join");
  }

  private Value unknown(Node node, String what) {
    unresolved.accept(node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1), what);
    return UNKNOWN;
  }
}
