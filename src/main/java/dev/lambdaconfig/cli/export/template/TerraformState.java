package dev.lambdaconfig.cli.export.template;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdaconfig.cli.export.source.ExportException;
import dev.lambdaconfig.cli.export.source.FunctionReceiver;
import dev.lambdaconfig.cli.export.source.FunctionSource;
import dev.lambdaconfig.model.Value.Structure;
import dev.lambdaconfig.plan.PlainValues;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The functions of a Terraform state of version 4, in all modules and of all instances. A state has
 * the values of all attributes, so that AWS's defaults cannot be told from what was written.
 */
public final class TerraformState implements FunctionSource {

  private static final int LONGEST = 100_000_000;
  private static final int DEEPEST = 200;
  private static final int VERSION = 4;
  private static final String HOW_TO_WRITE =
      ": write one with terraform state pull > terraform.tfstate";
  private static final String ENVIRONMENT = "environment";

  private static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder()
                      .maxNestingDepth(DEEPEST)
                      .maxDocumentLength(LONGEST)
                      .build())
              .build());

  private final TemplateFile file;
  private final TerraformSelection selection;
  private final DeclaredOnce declared = new DeclaredOnce();
  private final List<TerraformInstance> functions = new ArrayList<>();
  private final List<String> skipped = new ArrayList<>();
  private final List<String> failed = new ArrayList<>();

  private TerraformState(TemplateFile file, TerraformSelection selection) {
    this.file = file;
    this.selection = selection;
  }

  /**
   * Reads a state.
   *
   * @throws ExportException if it is none
   */
  public static TerraformState of(TemplateFile file, TerraformSelection selection)
      throws ExportException {
    JsonNode state = state(file);
    String problem = problem(state);
    if (problem != null) {
      throw new ExportException(file + problem);
    }
    TerraformState terraform = new TerraformState(file, selection);
    for (JsonNode resource : state.path("resources")) {
      terraform.add(TerraformInstance.of(resource, terraform.skipped::add, terraform.failed::add));
    }
    return terraform;
  }

  /**
   * The reason why a file is no state that can be read, or null. Other versions differ in shape.
   */
  private static @Nullable String problem(JsonNode state) {
    JsonNode version = state.path("version");
    if (state.has("format_version")) {
      return " is what terraform show -json prints, and no state" + HOW_TO_WRITE;
    }
    if (!version.isIntegralNumber()) {
      return " is no Terraform state" + HOW_TO_WRITE;
    }
    if (version.asInt() < VERSION) {
      return " is a Terraform state of version %s, and only version %d is read: write it with terraform state pull of Terraform 0.12 or newer"
          .formatted(version, VERSION);
    }
    if (version.asInt() > VERSION) {
      return " is a Terraform state of version %s, and only version %d is read"
          .formatted(version, VERSION);
    }
    JsonNode resources = state.path("resources");
    return resources.isArray() || resources.isNull() || resources.isMissingNode()
        ? null
        : " is no Terraform state, as its resources are no list" + HOW_TO_WRITE;
  }

  /** Adds functions, of which each is declared once. */
  private void add(List<TerraformInstance> found) {
    for (TerraformInstance function : found) {
      String unselected = selection.problem(function);
      String repeated =
          unselected == null
              ? declared.problem(function.address(), function.function(), function.region())
              : null;
      if (unselected != null) {
        skipped.add(unselected);
      } else if (repeated != null) {
        failed.add(repeated);
      } else {
        functions.add(function);
      }
    }
  }

  @Override
  public boolean isOfSeveralRegions() {
    return functions.stream().map(TerraformInstance::region).distinct().count() > 1;
  }

  @Override
  public void read(FunctionReceiver receiver) throws ExportException {
    skipped.forEach(receiver::skipped);
    failed.forEach(receiver::failed);
    if (functions.isEmpty() && skipped.isEmpty() && failed.isEmpty()) {
      receiver.failed(
          file
              + " has no resource aws_lambda_function: name the state of the configuration that"
              + " declares the functions");
    }
    List<String> accounts = accounts();
    if (accounts.size() > 1) {
      receiver.leftOut(
          "the functions are of the accounts %s, which manifests do not name: --account selects those of one"
              .formatted(String.join(", ", accounts)));
    }
    for (TerraformInstance function : functions) {
      read(function, receiver);
    }
  }

  private List<String> accounts() {
    return functions.stream()
        .map(TerraformInstance::account)
        .filter(Objects::nonNull)
        .distinct()
        .sorted()
        .toList();
  }

  private static JsonNode state(TemplateFile file) throws ExportException {
    try {
      return JSON.readTree(file.bytes(LONGEST));
    } catch (JsonProcessingException e) {
      // Not the message: it can repeat a value.
      throw new ExportException(
          "%s is no JSON (line %d): write a state with terraform state pull"
              .formatted(file, e.getLocation() == null ? 1 : e.getLocation().getLineNr()),
          e);
    } catch (IOException e) {
      throw file.unreadable(e);
    }
  }

  private void read(TerraformInstance function, FunctionReceiver receiver) throws ExportException {
    List<String> notes = new ArrayList<>();
    JsonNode attributes = function.state().path("attributes").deepCopy();
    boolean allVariables = true;
    for (JsonNode path : function.state().path("sensitive_attributes")) {
      String name = path.path(0).path("value").asText("");
      if (name.isEmpty()) {
        receiver.failed(
            function.address() + " is left out: the state marks all of it as sensitive");
        return;
      }
      if (!name.equals(ENVIRONMENT)) {
        if (remove(attributes, name)) {
          notes.add(name + " is not declared: the state marks it as sensitive");
        }
      } else if (selection.inClear()) {
        allVariables = false;
        String variable = variable(path);
        boolean removed =
            variable.isEmpty()
                ? remove(attributes, ENVIRONMENT)
                : remove(attributes.path(ENVIRONMENT).path(0).path("variables"), variable);
        if (removed) {
          notes.add(
              "%s is not declared in clear: the state marks it as sensitive (--env-secrets declares it)"
                  .formatted(
                      variable.isEmpty() ? ENVIRONMENT : "the environment variable " + variable));
        }
      }
    }
    if (PlainValues.value(JSON.convertValue(attributes, Attributes.class))
        instanceof Structure structure) {
      receiver.received(
          new NamedSettings(function.function(), function.region(), structure)
              .declared(selection.fields(), allVariables, notes),
          null);
    }
  }

  private static boolean remove(JsonNode object, String name) {
    return object instanceof ObjectNode members && members.remove(name) != null;
  }

  /** The environment variable that a path leads to, or an empty text where it leads to all. */
  private static String variable(JsonNode path) {
    JsonNode step = path.path(3).path("value");
    return step.isObject() ? step.path("value").asText("") : step.asText("");
  }

  /** The members of a JSON object. */
  static final class Attributes extends TreeMap<String, Object> {
    private static final long serialVersionUID = 1L;
  }
}
