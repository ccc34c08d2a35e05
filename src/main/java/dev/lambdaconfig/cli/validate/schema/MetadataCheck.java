package dev.lambdaconfig.cli.validate.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lambdaconfig.cli.validate.schema.FieldError.CauseType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Checks names, labels, annotations, owners and finalizers. */
final class MetadataCheck {

  private static final int MOST_ANNOTATION_BYTES = 256 << 10;

  private final List<FieldError> errors = new ArrayList<>();

  private MetadataCheck() {}

  /** The errors of metadata whose types are right. */
  static List<FieldError> of(JsonNode metadata) {
    MetadataCheck check = new MetadataCheck();
    check.names(metadata);
    check.labels(metadata.path("labels"));
    check.annotations(metadata.path("annotations"));
    check.owners(metadata.path("ownerReferences"));
    for (JsonNode finalizer : metadata.path("finalizers")) {
      String text = finalizer.asText();
      check.invalid("metadata.finalizers", text, KubernetesNames.qualified(text));
    }
    return check.errors;
  }

  private void names(JsonNode metadata) {
    String name = metadata.path("name").asText("");
    String prefix = metadata.path("generateName").asText("");
    String namespace = metadata.path("namespace").asText("");
    if (!prefix.isEmpty()) {
      // A dash at its end is followed by what is generated.
      String example =
          prefix.endsWith("-") ? prefix.substring(0, prefix.length() - 1) + "a" : prefix;
      invalid("metadata.generateName", prefix, KubernetesNames.subdomain(example));
    }
    if (!name.isEmpty()) {
      invalid("metadata.name", name, KubernetesNames.subdomain(name));
    } else if (prefix.isEmpty()) {
      errors.add(
          FieldError.of("metadata.name", CauseType.REQUIRED, "name or generateName is required"));
    }
    if (!namespace.isEmpty()) {
      invalid("metadata.namespace", namespace, KubernetesNames.label(namespace));
    }
  }

  private void labels(JsonNode labels) {
    labels
        .properties()
        .forEach(
            label -> {
              String value = label.getValue().asText();
              invalid("metadata.labels", label.getKey(), KubernetesNames.qualified(label.getKey()));
              invalid("metadata.labels", value, KubernetesNames.labelValue(value));
            });
  }

  private void annotations(JsonNode annotations) {
    long size = 0;
    for (var annotation : annotations.properties()) {
      String key = annotation.getKey();
      String lower = key.toLowerCase(Locale.ROOT);
      invalid("metadata.annotations", key, KubernetesNames.qualified(lower));
      size += key.getBytes(StandardCharsets.UTF_8).length;
      size += annotation.getValue().asText().getBytes(StandardCharsets.UTF_8).length;
    }
    if (size > MOST_ANNOTATION_BYTES) {
      errors.add(
          FieldError.of(
              "metadata.annotations",
              CauseType.TOO_LONG,
              "may not be more than " + MOST_ANNOTATION_BYTES + " bytes"));
    }
  }

  private void owners(JsonNode owners) {
    for (JsonNode owner : owners) {
      for (String member : List.of("apiVersion", "kind", "name", "uid")) {
        if (owner.path(member).asText("").isEmpty()) {
          String problem =
              member.equals("apiVersion") ? "version must not be empty" : "must not be empty";
          invalid("metadata.ownerReferences." + member, "", List.of(problem));
        }
      }
    }
  }

  private void invalid(String field, String value, List<String> problems) {
    for (String problem : problems) {
      errors.add(FieldError.of(field, CauseType.INVALID, SchemaCheck.quoted(value), problem));
    }
  }
}
