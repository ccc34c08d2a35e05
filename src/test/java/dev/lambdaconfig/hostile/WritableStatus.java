package dev.lambdaconfig.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The check that the API server accepts a status: by the schema of the CRD, and by its size. */
public final class WritableStatus {

  /** A fraction of what etcd stores of one resource. */
  private static final int LARGEST = 400_000;

  private final JsonNode schema;

  /** Reads the schema. */
  public WritableStatus() throws IOException {
    schema =
        Serialization.unmarshal(
                Files.readString(Path.of("crds/lambdafunctionconfigs.lambdaconfig.dev.yaml")),
                JsonNode.class)
            .at("/spec/versions/0/schema/openAPIV3Schema/properties/status");
  }

  /** Requires that a status can be written. Returns its text. */
  public String require(LambdaFunctionConfigStatus status) {
    String text = Serialization.asJson(status);
    assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(LARGEST);
    // The API server would store another text, and each write would find the status changed.
    assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(text))
        .as("whole characters in %s", text)
        .isTrue();
    check("status", Serialization.unmarshal(text, JsonNode.class), schema);
    return text;
  }

  private static void check(String path, JsonNode value, JsonNode schema) {
    String type = schema.path("type").asText();
    boolean fits =
        switch (type) {
          case "object" -> value.isObject();
          case "array" -> value.isArray();
          case "string" -> value.isTextual();
          case "integer" -> value.isIntegralNumber();
          case "boolean" -> value.isBoolean();
          default -> true;
        };
    assertThat(fits).as("%s is a %s, and not %s", path, type, value.getNodeType()).isTrue();
    if (value.isTextual()) {
      checkText(path, value.asText(), schema);
    }
    schema
        .path("required")
        .forEach(name -> assertThat(value.has(name.asText())).as("%s.%s", path, name).isTrue());
    value
        .properties()
        .forEach(
            member ->
                check(
                    path + "." + member.getKey(),
                    member.getValue(),
                    schema.path("properties").path(member.getKey())));
    if (value.isArray()) {
      value.forEach(item -> check(path + "[]", item, schema.path("items")));
    }
  }

  private static void checkText(String path, String text, JsonNode schema) {
    assertThat(text.codePointCount(0, text.length()))
        .as("length of %s", path)
        .isLessThanOrEqualTo(schema.path("maxLength").asInt(Integer.MAX_VALUE));
  }
}
