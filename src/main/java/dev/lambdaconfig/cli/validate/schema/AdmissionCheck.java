package dev.lambdaconfig.cli.validate.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdaconfig.cli.validate.schema.FieldError.CauseType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The verdict of the API server on resources that do not exist yet. */
public final class AdmissionCheck {

  private static final String METADATA = "metadata";

  private final Schema resource = CrdSchema.resource();
  private final Schema metadata = CrdSchema.metadata();
  private final UnknownFields unknown = new UnknownFields(whole());
  private final RuleCheck rules = new RuleCheck();

  /** The schema with the members that all kinds have. */
  private Schema whole() {
    Map<String, Schema> fields = new LinkedHashMap<>(resource.fields());
    fields.put("apiVersion", Schema.ANY);
    fields.put("kind", Schema.ANY);
    fields.put(METADATA, metadata);
    return resource.with(fields);
  }

  /**
   * Returns all for which the API server would refuse a resource, with strict field validation. It
   * does not report all of it at once: unknown fields first, then the rest.
   */
  public List<FieldError> errors(ObjectNode manifest) {
    List<FieldError> errors = new ArrayList<>(unknown.in(manifest));
    errors.addAll(metadataErrors(manifest.path(METADATA)));
    ObjectNode rest = manifest.objectNode();
    rest.setAll(manifest);
    // The API server ignores the status of a new resource.
    rest.remove(List.of("apiVersion", "kind", METADATA, "status"));
    JsonNode value = Nulls.removedFrom(rest, resource);
    errors.addAll(SchemaCheck.of("", value, resource));
    if (errors.stream().noneMatch(FieldError::blocksRules)) {
      errors.addAll(rules.broken("", value, resource));
    } else {
      errors.add(
          new FieldError(
              "",
              CauseType.INVALID,
              "some validation rules were not checked because the object was invalid; correct the"
                  + " existing errors to complete validation"));
    }
    return errors;
  }

  private List<FieldError> metadataErrors(JsonNode written) {
    boolean isAbsent = written.isMissingNode() || written.isNull();
    JsonNode value =
        isAbsent ? JsonNodeFactory.instance.objectNode() : Nulls.removedFrom(written, metadata);
    List<FieldError> types = SchemaCheck.of(METADATA, value, metadata);
    return types.isEmpty() ? MetadataCheck.of(value) : types;
  }
}
