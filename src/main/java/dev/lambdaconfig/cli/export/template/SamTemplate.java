package dev.lambdaconfig.cli.export.template;

import dev.lambdaconfig.cli.export.manifest.FieldSelection;
import dev.lambdaconfig.cli.export.source.ExportException;
import dev.lambdaconfig.cli.export.source.FunctionReceiver;
import dev.lambdaconfig.cli.export.source.FunctionSource;
import dev.lambdaconfig.model.FunctionReference;
import dev.lambdaconfig.model.Value;
import dev.lambdaconfig.model.Value.Structure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** The functions of a template of SAM or CloudFormation. */
public final class SamTemplate implements FunctionSource {

  private static final int LONGEST = 5_000_000;
  private static final int MOST_ALIASES = 50;
  private static final String SERVERLESS = "AWS::Serverless::Function";
  private static final String LAMBDA = "AWS::Lambda::Function";

  private final Path file;
  private final FieldSelection fields;
  private final TemplateParameters parameters;

  /** Reads nothing yet. */
  public SamTemplate(Path file, FieldSelection fields, TemplateParameters parameters) {
    this.file = file;
    this.fields = fields;
    this.parameters = parameters;
  }

  /** A template is deployed to one Region at a time. */
  @Override
  public boolean isOfSeveralRegions() {
    return false;
  }

  @Override
  public void read(FunctionReceiver receiver) throws ExportException {
    try {
      Node root = root();
      Node declared = member(root, "Parameters");
      TemplateValues plain = new TemplateValues(Map.of(), (line, what) -> {});
      Map<String, Value> known = parameters.values(declared == null ? null : plain.of(declared));
      int found = 0;
      if (member(root, "Resources") instanceof MappingNode resources) {
        for (NodeTuple resource : resources.getValue()) {
          found += read(root, resource, known, receiver) ? 1 : 0;
        }
      }
      if (found == 0) {
        receiver.leftOut(file + " has no resource " + SERVERLESS + " or " + LAMBDA);
      }
    } catch (TemplateException e) {
      throw new ExportException(file + ": " + e.getMessage(), e);
    } catch (StackOverflowError e) {
      throw new ExportException(file + " is nested too deeply", e);
    }
  }

  private Node root() throws ExportException {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(file.toString())
            .setMaxAliasesForCollections(MOST_ALIASES)
            .setCodePointLimit(LONGEST)
            .build();
    try {
      if (Files.size(file) > LONGEST) {
        throw new ExportException(
            "%s has more than %d bytes: export from a smaller template".formatted(file, LONGEST));
      }
      return new Compose(settings)
          .composeString(Files.readString(file).replace("\ufeff", ""))
          .orElseThrow(() -> new ExportException(file + " is empty"));
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      throw new ExportException(
          "%s:%d is no YAML: %s"
              .formatted(file, line, Objects.requireNonNullElse(e.getProblem(), "")),
          e);
    } catch (YamlEngineException e) {
      throw new ExportException(file + " is no YAML of a single document within the limits", e);
    } catch (IOException e) {
      throw new ExportException("--from-sam: %s cannot be read: check its path".formatted(file), e);
    }
  }

  private static @Nullable Node member(@Nullable Node node, String name) {
    if (node instanceof MappingNode mapping) {
      for (NodeTuple tuple : mapping.getValue()) {
        if (tuple.getKeyNode() instanceof ScalarNode key && key.getValue().equals(name)) {
          return tuple.getValueNode();
        }
      }
    }
    return null;
  }

  /** Reads a resource, and returns whether it is a function. */
  private boolean read(
      Node root, NodeTuple resource, Map<String, Value> known, FunctionReceiver receiver)
      throws ExportException, TemplateException {
    String type =
        member(resource.getValueNode(), "Type") instanceof ScalarNode scalar
            ? scalar.getValue()
            : "";
    if (!type.equals(SERVERLESS) && !type.equals(LAMBDA)) {
      return false;
    }
    String name = resource.getKeyNode() instanceof ScalarNode key ? key.getValue() : "a function";
    int line = resource.getKeyNode().getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    List<String> notes = new ArrayList<>();
    TemplateValues values =
        new TemplateValues(
            known,
            (at, what) ->
                notes.add(
                    "the value on line %d is not declared: %s is not known".formatted(at, what)));
    Structure properties = structure(values, member(resource.getValueNode(), "Properties"));
    if (type.equals(SERVERLESS)) {
      Node globals = member(member(root, "Globals"), "Function");
      properties =
          SamProperties.ofCloudFormation(
              SamProperties.merged(globals == null ? null : values.of(globals), properties));
    }
    String place = "%s:%d: %s".formatted(file, line, name);
    Value functionName = properties.at("FunctionName");
    if (functionName == null || functionName == TemplateValues.UNKNOWN) {
      receiver.failed(
          place
              + (functionName == null
                  ? " has no FunctionName, so that only its stack knows it: add one"
                  : " has a FunctionName that is not known: give its parameters with --parameter"));
      return true;
    }
    try {
      FunctionReference function = FunctionReference.parse(functionName.toString());
      boolean allVariables =
          !hasUnknown(properties.at("Environment")) && properties.at("Environment") != null;
      receiver.received(
          new NamedSettings(function, parameters.region(), SamProperties.known(properties))
              .declared(fields, allVariables, notes),
          null);
      notes.forEach(note -> receiver.leftOut(place + ": " + note));
    } catch (IllegalArgumentException e) {
      receiver.failed(place + " is left out: " + e.getMessage());
    }
    return true;
  }

  private static Structure structure(TemplateValues values, @Nullable Node node)
      throws TemplateException {
    return node != null && values.of(node) instanceof Structure structure
        ? structure
        : Structure.EMPTY;
  }

  private static boolean hasUnknown(@Nullable Value value) {
    return value == TemplateValues.UNKNOWN
        || (value instanceof Structure structure
            && structure.members().values().stream().anyMatch(SamTemplate::hasUnknown));
  }
}
