package dev.lambdaconfig.cli.validate.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lambdaconfig.cli.validate.schema.FieldError.CauseType;
import dev.lambdaconfig.text.Spelling;
import dev.lambdaconfig.text.WholeText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the fields that do not exist, as strict field validation does, with the nearest name. */
final class UnknownFields {

  private static final int LONGEST_PATH = 300;
  private static final int LONGEST_MISSPELT = 60;
  private static final int MOST_LETTERS = 3;

  /** The paths of each field, by its name: a field is often right, and in the wrong place. */
  private final Map<String, List<String>> paths = new HashMap<>();

  private final Schema root;

  UnknownFields(Schema root) {
    this.root = root;
    index("", root);
  }

  private void index(String path, Schema schema) {
    schema
        .fields()
        .forEach(
            (name, field) -> {
              String below = SchemaCheck.below(path, name);
              paths.computeIfAbsent(name, key -> new ArrayList<>()).add(below);
              index(below, field);
              if (field.item() != null) {
                index(below + "[]", field.item());
              }
            });
  }

  List<FieldError> in(JsonNode resource) {
    FieldErrors errors = new FieldErrors();
    find("", resource, root, errors);
    return errors.all();
  }

  private void find(String path, JsonNode value, Schema schema, FieldErrors errors) {
    if (errors.isFull() || (schema.open() && schema.fields().isEmpty())) {
      return;
    }
    Schema item = schema.item() == null ? Schema.NONE : schema.item();
    for (int i = 0; value.isArray() && i < value.size(); i++) {
      find(path + "[" + i + "]", value.get(i), item, errors);
    }
    value
        .properties()
        .forEach(
            member -> {
              String name = member.getKey();
              String below = SchemaCheck.below(path, name);
              Schema field = schema.field(name);
              if (field != null) {
                find(below, member.getValue(), field, errors);
              } else if (!schema.open() && !errors.isFull()) {
                errors.add(
                    new FieldError(below, CauseType.UNKNOWN_FIELD, message(below, name, schema)));
              }
            });
  }

  private String message(String path, String name, Schema schema) {
    return "unknown field \"%s\"".formatted(WholeText.shortened(path, LONGEST_PATH))
        + intended(path, name, schema).map(": did you mean %s?"::formatted).orElse("");
  }

  private Optional<String> intended(String path, String name, Schema schema) {
    if (name.length() > LONGEST_MISSPELT) {
      return Optional.empty();
    }
    // Of short words, others are near by chance.
    int letters = Math.min(MOST_LETTERS, name.length() / 2);
    Optional<String> near = Spelling.nearest(name, schema.fields().keySet(), letters);
    return near.isPresent()
        ? near
        : paths.getOrDefault(name, List.of()).stream()
            .filter(other -> other.startsWith("status") == path.startsWith("status"))
            .findFirst();
  }
}
