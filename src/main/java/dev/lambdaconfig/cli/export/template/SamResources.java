package dev.lambdaconfig.cli.export.template;

import dev.lambdaconfig.cli.export.manifest.FieldSelection;
import dev.lambdaconfig.cli.export.source.ExportException;
import dev.lambdaconfig.cli.export.source.FunctionReceiver;
import dev.lambdaconfig.cli.export.template.value.Template;
import dev.lambdaconfig.cli.export.template.value.TemplateConditions.Outcome;
import dev.lambdaconfig.cli.export.template.value.TemplateException;
import dev.lambdaconfig.cli.export.template.value.TemplateTree;
import dev.lambdaconfig.cli.export.template.value.TemplateValues;
import dev.lambdaconfig.model.FunctionReference;
import dev.lambdaconfig.model.Value;
import dev.lambdaconfig.model.Value.Structure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** The resources of a template: each function is received, or named with what keeps it out. */
final class SamResources {

  private static final String SERVERLESS = "AWS::Serverless::Function";
  private static final String LAMBDA = "AWS::Lambda::Function";

  /** The resources that are templates of their own. */
  private static final Set<String> NESTED =
      Set.of("AWS::CloudFormation::Stack", "AWS::Serverless::Application");

  private final String file;
  private final Template template;
  private final FieldSelection fields;
  private final FunctionReceiver receiver;
  private final DeclaredOnce declared = new DeclaredOnce();
  private int found;

  SamResources(String file, Template template, FieldSelection fields, FunctionReceiver receiver) {
    this.file = file;
    this.template = template;
    this.fields = fields;
    this.receiver = receiver;
  }

  /**
   * Reads all resources.
   *
   * @param region the Region of the stack, or null
   */
  void read(@Nullable String region) throws ExportException, TemplateException {
    for (NodeTuple resource : TemplateTree.members(template.resources())) {
      String name = TemplateTree.key(resource);
      Node body = resource.getValueNode();
      String place = "%s:%d: %s".formatted(file, TemplateTree.line(resource.getKeyNode()), name);
      String type = text(TemplateTree.member(body, "Type"));
      if (type.equals(SERVERLESS) || type.equals(LAMBDA)) {
        found++;
        if (isDeployed(place, body)) {
          read(place, body, region);
        }
      } else if (NESTED.contains(type)) {
        receiver.leftOut(place + " is a template of its own: export its functions from it");
      } else if (type.isEmpty()
          && hasFunction(body, Collections.newSetFromMap(new IdentityHashMap<>()))) {
        found++;
        String problem = template.problem(resource.getKeyNode());
        receiver.failed(place + " is left out: " + (problem == null ? "it has no Type" : problem));
      } else if (name.startsWith("Fn::")) {
        receiver.leftOut(place + " is not applied: functions that it adds are not exported");
      }
    }
    if (found == 0) {
      receiver.failed(
          "%s has no resource %s or %s: name the template that declares the functions"
              .formatted(file, SERVERLESS, LAMBDA));
    }
  }

  private static String text(@Nullable Node node) {
    return node instanceof ScalarNode scalar ? scalar.getValue() : "";
  }

  private static boolean hasFunction(Node node, Set<Node> seen) {
    if (!seen.add(node)) {
      return false;
    }
    String type = text(TemplateTree.member(node, "Type"));
    return type.equals(SERVERLESS)
        || type.equals(LAMBDA)
        || TemplateTree.members(node).stream()
            .anyMatch(member -> hasFunction(member.getValueNode(), seen))
        || (node instanceof SequenceNode sequence
            && sequence.getValue().stream().anyMatch(item -> hasFunction(item, seen)));
  }

  /** Whether the condition of a function holds; it is reported if it does not. */
  private boolean isDeployed(String place, Node body) throws TemplateException {
    Node condition = TemplateTree.member(body, "Condition");
    if (condition == null) {
      return true;
    }
    String name = text(condition);
    Outcome outcome = template.conditions().of(name);
    switch (outcome.truth()) {
      case HOLDS -> {
        return true;
      }
      case FAILS ->
          receiver.skipped("%s is skipped: its condition %s does not hold".formatted(place, name));
      case UNKNOWN ->
          receiver.failed(
              "%s is left out: whether its condition %s holds is not known: %s"
                  .formatted(place, name, outcome.reason()));
    }
    return false;
  }

  private void read(String place, Node body, @Nullable String region)
      throws ExportException, TemplateException {
    Node own = TemplateTree.member(body, "Properties");
    List<String> unknown = new ArrayList<>();
    Node nameNode = TemplateTree.member(own, "FunctionName");
    Value name =
        nameNode == null ? null : template.values((line, what) -> unknown.add(what)).of(nameNode);
    if (name == null || !(own instanceof MappingNode mapping)) {
      receiver.failed(
          own == null || TemplateTree.function(own) == null
              ? place + " has no FunctionName, so that only its stack knows it: add one"
              : place + " is left out: its Properties are not known");
      return;
    }
    if (!TemplateValues.isScalar(name)) {
      receiver.failed(
          unknown.isEmpty()
              ? place + " is left out: its FunctionName is no text"
              : "%s is left out: its FunctionName is not known: %s"
                  .formatted(place, String.join("; ", unknown)));
      return;
    }
    FunctionReference function;
    try {
      function = FunctionReference.parse(name.toString());
    } catch (IllegalArgumentException e) {
      receiver.failed(place + " is left out: " + e.getMessage());
      return;
    }
    String repeated = declared.problem(place, function, region);
    if (repeated != null) {
      receiver.failed(repeated);
      return;
    }
    SortedMap<Integer, Set<String>> unresolved = new TreeMap<>();
    Structure properties = properties(body, mapping, unresolved);
    Value environment = properties.at("Environment");
    List<String> notes = notes(unresolved);
    String variables = UnknownVariables.note(properties);
    if (variables != null) {
      notes.add(variables);
    }
    boolean allVariables = environment != null && !TemplateValues.hasUnknown(environment);
    receiver.received(
        new NamedSettings(function, region, SamProperties.known(properties))
            .declared(fields, allVariables, notes),
        null);
    notes.forEach(note -> receiver.leftOut(place + ": " + note));
  }

  private static List<String> notes(SortedMap<Integer, Set<String>> unresolved) {
    List<String> notes = new ArrayList<>();
    unresolved.forEach(
        (line, values) ->
            values.forEach(
                value ->
                    notes.add("the value on line %d is not declared: %s".formatted(line, value))));
    return notes;
  }

  /**
   * The properties that settings are read from.
   *
   * @param unresolved receives what is not known, by line
   */
  private Structure properties(
      Node body, MappingNode own, SortedMap<Integer, Set<String>> unresolved)
      throws TemplateException {
    boolean isServerless = text(TemplateTree.member(body, "Type")).equals(SERVERLESS);
    Node globals =
        isServerless
            ? SamProperties.notIgnored(
                TemplateTree.member(template.section("Globals"), "Function"),
                TemplateTree.member(body, "IgnoreGlobals"))
            : null;
    Node merged = globals == null ? own : SamProperties.merged(globals, own);
    TemplateValues values =
        template.values(
            (line, what) ->
                unresolved.computeIfAbsent(line, key -> new LinkedHashSet<>()).add(what));
    Structure properties =
        merged instanceof MappingNode mapping
                && values.of(SamProperties.settings(mapping)) instanceof Structure structure
            ? structure
            : Structure.EMPTY;
    return isServerless ? SamProperties.ofCloudFormation(properties) : properties;
  }
}
