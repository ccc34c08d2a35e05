package dev.lambdaconfig.cli.export.template;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lambdaconfig.cli.export.manifest.FieldSelection;
import dev.lambdaconfig.cli.export.source.ExportException;
import dev.lambdaconfig.cli.export.source.FunctionReceiver;
import dev.lambdaconfig.cli.export.source.FunctionSource;
import dev.lambdaconfig.model.FunctionReference;
import dev.lambdaconfig.model.Value;
import dev.lambdaconfig.model.Value.Structure;
import dev.lambdaconfig.plan.PlainValues;
import dev.lambdaconfig.text.WholeText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The functions of a Terraform state of version 4, in all modules and of all instances. A state has
 * the values of all attributes, so that AWS's defaults cannot be told from what was written.
 */
public final class TerraformState implements FunctionSource {

  private static final long LONGEST = 100_000_000;
  private static final int DEEPEST = 200;
  private static final int VERSION = 4;
  private static final int LONGEST_NAME = 200;
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

  private final Path file;
  private final FieldSelection fields;

  /** Reads nothing yet. */
  public TerraformState(Path file, FieldSelection fields) {
    this.file = file;
    this.fields = fields;
  }

  @Override
  public void read(FunctionReceiver receiver) throws ExportException {
    JsonNode state = state();
    if (state.path("version").asInt() != VERSION || !state.path("resources").isArray()) {
      throw new ExportException(
          file
              + " is no Terraform state of version 4: write one with terraform state pull >"
              + " terraform.tfstate");
    }
    int found = 0;
    for (JsonNode resource : state.path("resources")) {
      if (resource.path("mode").asText().equals("managed")
          && resource.path("type").asText().equals("aws_lambda_function")) {
        for (JsonNode instance : resource.path("instances")) {
          found += instance.has("deposed") ? 0 : 1;
          if (!instance.has("deposed")) {
            read(address(resource, instance), instance, receiver);
          }
        }
      }
    }
    if (found == 0) {
      receiver.leftOut(file + " has no resource aws_lambda_function");
    }
  }

  private JsonNode state() throws ExportException {
    try {
      if (Files.size(file) > LONGEST) {
        throw new ExportException(
            "%s has more than %d bytes: export from a smaller state".formatted(file, LONGEST));
      }
      return JSON.readTree(Files.readAllBytes(file));
    } catch (JsonProcessingException e) {
      // Not the message: it can repeat a value.
      throw new ExportException(
          "%s is no JSON (line %d): write a state with terraform state pull"
              .formatted(file, e.getLocation() == null ? 1 : e.getLocation().getLineNr()),
          e);
    } catch (IOException e) {
      throw new ExportException(
          "--from-terraform: %s cannot be read: check its path".formatted(file), e);
    }
  }

  /** Such as {@code module.a.aws_lambda_function.orders["eu"]}. */
  private static String address(JsonNode resource, JsonNode instance) {
    String module = resource.path("module").asText("");
    JsonNode key = instance.get("index_key");
    return WholeText.shortened(
        (module.isEmpty() ? "" : module + ".")
            + "aws_lambda_function."
            + resource.path("name").asText()
            + (key == null ? "" : "[" + key + "]"),
        LONGEST_NAME);
  }

  private void read(String address, JsonNode instance, FunctionReceiver receiver)
      throws ExportException {
    JsonNode attributes = instance.path("attributes");
    FunctionReference function;
    try {
      function = FunctionReference.parse(attributes.path("function_name").asText(""));
    } catch (IllegalArgumentException e) {
      receiver.failed(address + " is left out: " + e.getMessage());
      return;
    }
    List<String> notes = new ArrayList<>();
    Map<String, Object> kept = JSON.convertValue(attributes, Attributes.class);
    for (String sensitive : sensitive(instance)) {
      if (!sensitive.equals(ENVIRONMENT) && kept.remove(sensitive) != null) {
        notes.add(sensitive + " is not declared: the state marks it as sensitive");
      }
    }
    Value value = PlainValues.value(kept);
    if (value instanceof Structure structure) {
      receiver.received(
          new NamedSettings(function, region(attributes), structure).declared(fields, true, notes),
          null);
    }
  }

  /** The members of a JSON object. */
  static final class Attributes extends TreeMap<String, Object> {
    private static final long serialVersionUID = 1L;
  }

  /** The attributes that a state marks as sensitive, in whole or in part. */
  private static Set<String> sensitive(JsonNode instance) {
    Set<String> names = new LinkedHashSet<>();
    for (JsonNode path : instance.path("sensitive_attributes")) {
      String name = path.path(0).path("value").asText("");
      if (!name.isEmpty()) {
        names.add(name);
      }
    }
    return names;
  }

  private static @Nullable String region(JsonNode attributes) {
    String region = attributes.path("region").asText("");
    if (FunctionReference.isRegion(region)) {
      return region;
    }
    try {
      return FunctionReference.parse(attributes.path("arn").asText("")).region();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
