package dev.lambdaconfig.cli.export.template.value;

import dev.lambdaconfig.model.Value;
import dev.lambdaconfig.model.Value.Items;
import dev.lambdaconfig.model.Value.Structure;
import dev.lambdaconfig.text.WholeText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** The functions that make texts, lists and choices of values that are known. */
final class TemplateFunctions {

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{(!?)([^}]*)\\}");
  private static final Pattern INDEX = Pattern.compile("-?[0-9]{1,9}");
  private static final int LONGEST = 100;

  private final TemplateScope scope;
  private final TemplateValues values;
  private final TemplateText texts = new TemplateText();

  /**
   * Calls functions.
   *
   * @param values the values of arguments, which receives what is not known
   */
  TemplateFunctions(TemplateScope scope, TemplateValues values) {
    this.scope = scope;
    this.values = values;
  }

  /** The value of a function, or null where it is {@code AWS::NoValue}. */
  @Nullable Value call(String name, Node argument) throws TemplateException {
    return switch (name) {
      case "Sub" -> sub(argument);
      case "Join" -> join(argument);
      case "Split" -> split(argument);
      case "Select" -> select(argument);
      case "FindInMap" -> findInMap(argument);
      case "Length" -> length(argument);
      default -> values.unknown(argument, "!" + WholeText.shortened(name, LONGEST));
    };
  }

  /** The arguments of a function that takes so many, or none. */
  private static List<Node> arguments(Node node, int least, int most) {
    return node instanceof SequenceNode list
            && list.getValue().size() >= least
            && list.getValue().size() <= most
        ? list.getValue()
        : List.of();
  }

  private Value sub(Node node) throws TemplateException {
    Node text = node;
    Value own = null;
    if (node instanceof SequenceNode pair && pair.getValue().size() == 2) {
      text = pair.getValue().getFirst();
      own = values.of(pair.getValue().getLast());
    }
    if (!(text instanceof ScalarNode scalar)) {
      return values.unknown(node, "!Sub");
    }
    String problem = scope.problem(scalar);
    if (problem != null) {
      return values.unknown(node, problem);
    }
    StringBuilder resolved = new StringBuilder();
    Matcher matcher = VARIABLE.matcher(scalar.getValue());
    int from = 0;
    while (matcher.find()) {
      texts.append(resolved, scalar.getValue().substring(from, matcher.start()));
      from = matcher.end();
      String name = matcher.group(2).strip();
      if (!matcher.group(1).isEmpty()) {
        texts.append(resolved, "${" + name + "}");
        continue;
      }
      Value mapped = own instanceof Structure map ? map.at(name) : null;
      Value value = mapped == null ? scope.names().of(name) : mapped;
      if (value == null || !TemplateValues.isScalar(value)) {
        return mapped == TemplateValues.UNKNOWN
            ? TemplateValues.UNKNOWN
            : values.unknown(node, "!Sub ${", name, "}");
      }
      texts.append(resolved, value.toString());
    }
    texts.append(resolved, scalar.getValue().substring(from));
    return values.text(node, resolved.toString());
  }

  private Value join(Node node) throws TemplateException {
    Value pair = node instanceof SequenceNode sequence ? values.sequence(sequence) : null;
    if (pair instanceof Items parts
        && parts.items().size() == 2
        && parts.items().getFirst() instanceof Value.Text(String separator)
        && parts.items().getLast() instanceof Items items
        && items.items().stream().allMatch(TemplateValues::isScalar)) {
      StringBuilder joined = new StringBuilder();
      for (int i = 0; i < items.items().size(); i++) {
        texts.append(joined, i == 0 ? "" : separator);
        texts.append(joined, items.items().get(i).toString());
      }
      return values.text(node, joined.toString());
    }
    return pair == TemplateValues.UNKNOWN ? TemplateValues.UNKNOWN : values.unknown(node, "!Join");
  }

  private Value split(Node node) throws TemplateException {
    List<Node> arguments = arguments(node, 2, 2);
    Value separator = arguments.isEmpty() ? null : values.of(arguments.getFirst());
    Value source = arguments.isEmpty() ? null : values.of(arguments.getLast());
    if (separator == TemplateValues.UNKNOWN || source == TemplateValues.UNKNOWN) {
      return TemplateValues.UNKNOWN;
    }
    if (!(separator instanceof Value.Text(String by))
        || by.isEmpty()
        || source == null
        || !TemplateValues.isScalar(source)) {
      return values.unknown(node, "!Split of anything but a separator and a text");
    }
    List<Value> parts = new ArrayList<>();
    for (String part : source.toString().split(Pattern.quote(by), -1)) {
      values.count();
      parts.add(Value.text(part));
    }
    return new Items(parts);
  }

  private Value select(Node node) throws TemplateException {
    List<Node> arguments = arguments(node, 2, 2);
    Value index = arguments.isEmpty() ? null : values.of(arguments.getFirst());
    if (index == TemplateValues.UNKNOWN) {
      return TemplateValues.UNKNOWN;
    }
    if (index == null || !INDEX.matcher(index.toString()).matches()) {
      return values.unknown(node, "!Select of anything but an index and a list");
    }
    int at = Integer.parseInt(index.toString());
    Node list = arguments.getLast();
    if (list instanceof SequenceNode literal && TemplateTree.function(list) == null) {
      // The other items may be unknown.
      List<Node> items = literal.getValue();
      Value item = at >= 0 && at < items.size() ? values.of(items.get(at)) : null;
      return item == null ? notInList(node, at, items.size()) : item;
    }
    Value value = values.of(list);
    if (value instanceof Items(List<Value> items)) {
      return at >= 0 && at < items.size() ? items.get(at) : notInList(node, at, items.size());
    }
    return value == TemplateValues.UNKNOWN
        ? TemplateValues.UNKNOWN
        : values.unknown(node, "!Select of anything but an index and a list");
  }

  /** CloudFormation refuses both an index out of range and an item without a value. */
  private Value notInList(Node node, int index, int size) {
    return values.unknown(node, "!Select of index %d in a list of %d".formatted(index, size));
  }

  private @Nullable Value findInMap(Node node) throws TemplateException {
    List<String> keys = new ArrayList<>();
    List<Node> arguments = arguments(node, 3, 4);
    for (Node argument : arguments.stream().limit(3).toList()) {
      Value key = values.of(argument);
      if (key == TemplateValues.UNKNOWN) {
        return TemplateValues.UNKNOWN;
      }
      if (TemplateValues.isScalar(key)) {
        keys.add(String.valueOf(key));
      }
    }
    if (keys.size() != 3) {
      return values.unknown(node, "!FindInMap of anything but a map and two keys");
    }
    TemplateScope.Found found = scope.inMap(keys.getFirst(), keys.get(1), keys.getLast());
    Node value = found.node();
    if (value == null && !found.isOpen() && arguments.size() == 4) {
      value = TemplateTree.member(arguments.getLast(), "DefaultValue");
    }
    return value == null
        ? values.unknown(
            node, "!FindInMap (" + WholeText.shortened(found.missing(), 2 * LONGEST) + ")")
        : values.of(value);
  }

  private Value length(Node node) throws TemplateException {
    Value list = null;
    if (node instanceof SequenceNode sequence) {
      list = values.sequence(sequence);
    } else if (!"Length".equals(TemplateTree.function(node))) {
      list = values.of(node);
    }
    if (list instanceof Items(List<Value> items)) {
      return new Value.Numeral(BigDecimal.valueOf(items.size()));
    }
    return list == TemplateValues.UNKNOWN
        ? TemplateValues.UNKNOWN
        : values.unknown(node, "!Length of anything but a list");
  }
}
