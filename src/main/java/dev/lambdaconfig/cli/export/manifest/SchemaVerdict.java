package dev.lambdaconfig.cli.export.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.cli.validate.schema.AdmissionCheck;
import dev.lambdaconfig.cli.validate.schema.FieldError;
import dev.lambdaconfig.text.WholeText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The verdict of the API server on specs that are to be written, as {@code validate} has it. */
final class SchemaVerdict {

  private static final int LONGEST = 300;

  private final AdmissionCheck admission = new AdmissionCheck();

  /** The first fault of a spec, or null if the API server takes it. */
  @Nullable String fault(JsonNode spec) {
    List<FieldError> errors = errors(spec);
    if (errors.isEmpty()) {
      return null;
    }
    String text = errors.getFirst().toString().replaceAll("[\\s\\p{Cntrl}]+", " ");
    return WholeText.shortened(text, LONGEST);
  }

  /** The first fault of a spec without a value, as some are secrets; or null. */
  @Nullable String faultWithoutValue(JsonNode spec) {
    List<FieldError> errors = errors(spec);
    return errors.isEmpty() ? null : "the API server refuses " + errors.getFirst().field();
  }

  private List<FieldError> errors(JsonNode spec) {
    ObjectNode resource = JsonNodeFactory.instance.objectNode();
    resource.put("apiVersion", LambdaFunctionConfig.API_VERSION);
    resource.put("kind", "LambdaFunctionConfig");
    // The names of resources are made so that the API server takes them.
    resource.putObject("metadata").put("name", "any");
    resource.set("spec", spec);
    return admission.errors(resource);
  }
}
