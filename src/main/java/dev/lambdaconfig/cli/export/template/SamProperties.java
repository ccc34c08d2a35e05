package dev.lambdaconfig.cli.export.template;

import dev.lambdaconfig.cli.export.template.value.TemplateTree;
import dev.lambdaconfig.cli.export.template.value.TemplateValues;
import dev.lambdaconfig.model.Value;
import dev.lambdaconfig.model.Value.Structure;
import dev.lambdaconfig.plan.field.FieldTable;
import dev.lambdaconfig.plan.field.Member;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** The properties of a function of SAM, with its Globals, in the names of CloudFormation. */
final class SamProperties {

  /** The names of the API, and of SAM where it has others, in lower case. */
  private static final Set<String> SETTINGS =
      Stream.concat(
              Stream.of("Tracing", "DeadLetterQueue"),
              FieldTable.MEMBERS.stream().map(Member::name))
          .map(name -> name.toLowerCase(Locale.ROOT))
          .collect(Collectors.toUnmodifiableSet());

  private SamProperties() {}

  /**
   * The properties with those of Globals, as SAM merges them before parameters have values: maps
   * are merged, lists joined, and a function such as {@code !Ref AWS::NoValue} replaces what is
   * common.
   */
  static Node merged(Node common, Node own) {
    if (TemplateTree.function(common) != null || TemplateTree.function(own) != null) {
      return own;
    }
    if (common instanceof MappingNode && own instanceof MappingNode mapping) {
      Map<String, NodeTuple> members = new LinkedHashMap<>();
      TemplateTree.members(common).forEach(member -> members.put(TemplateTree.key(member), member));
      for (NodeTuple member : mapping.getValue()) {
        members.merge(
            TemplateTree.key(member),
            member,
            (first, last) ->
                new NodeTuple(
                    last.getKeyNode(), merged(first.getValueNode(), last.getValueNode())));
      }
      return TemplateTree.withMembers(mapping, List.copyOf(members.values()));
    }
    if (common instanceof SequenceNode first && own instanceof SequenceNode last) {
      List<Node> joined = new ArrayList<>(first.getValue());
      joined.addAll(last.getValue());
      return TemplateTree.withItems(last, joined);
    }
    return own;
  }

  /** The Globals without those that a resource ignores by its attribute {@code IgnoreGlobals}. */
  static @Nullable Node notIgnored(@Nullable Node globals, @Nullable Node ignored) {
    if (ignored instanceof ScalarNode all && all.getValue().equals("*")) {
      return null;
    }
    if (!(globals instanceof MappingNode mapping) || !(ignored instanceof SequenceNode names)) {
      return globals;
    }
    return only(
        mapping,
        name ->
            names.getValue().stream()
                .noneMatch(
                    node -> node instanceof ScalarNode other && other.getValue().equals(name)));
  }

  /** The properties that settings are read from, and those that stand for more properties. */
  static MappingNode settings(MappingNode properties) {
    return only(
        properties,
        name -> SETTINGS.contains(name.toLowerCase(Locale.ROOT)) || name.startsWith("Fn::"));
  }

  private static MappingNode only(MappingNode mapping, Predicate<String> names) {
    return TemplateTree.withMembers(
        mapping,
        mapping.getValue().stream()
            .filter(member -> names.test(TemplateTree.key(member)))
            .toList());
  }

  /** The properties in the names that CloudFormation has for them. */
  static Structure ofCloudFormation(Structure sam) {
    Structure renamed = sam;
    Value tracing = sam.at("Tracing");
    if (tracing != null) {
      renamed = renamed.with("TracingConfig", Structure.of(Map.of("Mode", tracing)));
    }
    Value queue = sam.at("DeadLetterQueue");
    if (queue != null) {
      renamed = renamed.with("DeadLetterConfig", queue);
    }
    if (sam.at("CapacityProviderConfig") instanceof Structure(var members)
        && members.get("Arn") != null) {
      Map<String, Value> provider = new TreeMap<>(members);
      Value arn = provider.remove("Arn");
      provider.put("CapacityProviderArn", arn);
      renamed =
          renamed.with(
              "CapacityProviderConfig",
              Structure.of(
                  Map.of("LambdaManagedInstancesCapacityProviderConfig", Structure.of(provider))));
    }
    return renamed;
  }

  /** The same without the values that are not known. */
  static Structure known(Structure structure) {
    Map<String, Value> known = new TreeMap<>();
    structure
        .members()
        .forEach(
            (name, value) -> {
              if (value instanceof Structure inner) {
                known.put(name, known(inner));
              } else if (!TemplateValues.hasUnknown(value)) {
                known.put(name, value);
              }
            });
    return Structure.of(known);
  }
}
