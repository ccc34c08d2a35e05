package dev.lambdaconfig.cli.validate.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The API server's verdict on the form of resources: fields, types and bounds. The rules of the
 * schema in CEL are not checked, nor is the library for them loaded.
 */
public final class StructuralCheck {

  private static final String METADATA = "metadata";

  private final Schema resource = CrdSchema.resource();
  private final Schema metadata = CrdSchema.metadata();
  private final UnknownFields unknown = new UnknownFields(whole());

  /** The schema with the members that all kinds have. */
  private Schema whole() {
    Map<String, Schema> fields = new LinkedHashMap<>(resource.fields());
    fields.put("apiVersion", Schema.ANY);
    fields.put("kind", Schema.ANY);
    fields.put(METADATA, metadata);
    return resource.with(fields);
  }

  /**
   * Returns all for which the API server would refuse the form of a resource, with strict field
   * validation: unknown fields first, then the rest.
   */
  public List<FieldError> errors(ObjectNode manifest) {
    return errors(manifest, value(manifest));
  }

  /**
   * The same of a manifest whose value is known.
   *
   * @param value what {@link #value} returns of the manifest
   */
  List<FieldError> errors(ObjectNode manifest, JsonNode value) {
    List<FieldError> errors = new ArrayList<>(unknown.in(manifest));
    errors.addAll(metadataErrors(manifest.path(METADATA)));
    errors.addAll(SchemaCheck.of("", value, resource));
    return errors;
  }

  /** The part of a manifest that the schema describes, as the API server would store it. */
  JsonNode value(ObjectNode manifest) {
    ObjectNode rest = manifest.objectNode();
    rest.setAll(manifest);
    // The API server ignores the status of a new resource.
    rest.remove(List.of("apiVersion", "kind", METADATA, "status"));
    return Nulls.removedFrom(rest, resource);
  }

  Schema resource() {
    return resource;
  }

  private List<FieldError> metadataErrors(JsonNode written) {
    boolean isAbsent = written.isMissingNode() || written.isNull();
    JsonNode value =
        isAbsent ? JsonNodeFactory.instance.objectNode() : Nulls.removedFrom(written, metadata);
    List<FieldError> types = SchemaCheck.of(METADATA, value, metadata);
    return types.isEmpty() ? MetadataCheck.of(value) : types;
  }
}
