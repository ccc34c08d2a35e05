package dev.lambdaconfig.cli.validate.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdaconfig.api.StoredJson;
import dev.lambdaconfig.cli.manifest.tree.TrustedYaml;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Errors are worded as the API server words them, and hostile input takes neither long nor much.
 */
final class AdmissionCheckTest {

  private static final AdmissionCheck CHECK = new AdmissionCheck();

  private static ObjectNode tree(String json) {
    try {
      return (ObjectNode) new ObjectMapper(StoredJson.factory()).readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(json, e);
    }
  }

  private static List<String> errors(String metadata, String spec) {
    return CHECK
        .errors(
            tree(
                "{\"apiVersion\":\"lambdaconfig.dev/v1alpha1\",\"kind\":\"LambdaFunctionConfig\","
                    + "\"metadata\":%s,\"spec\":%s}".formatted(metadata, spec)))
        .stream()
        .map(FieldError::toString)
        .toList();
  }

  private static List<String> ofSetting(String setting) {
    return errors("{\"name\":\"a\"}", "{\"functionName\":\"f\"," + setting + "}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "timeout":6000 | spec.timeout: Invalid value: 6000: spec.timeout in body should be less than or equal to 5400
          "memorySize":1 | spec.memorySize: Invalid value: 1: spec.memorySize in body should be greater than or equal to 128
          "mode":"observe" | spec.mode: Unsupported value: "observe": supported values: "Enforce", "Observe"
          "timeout":"5" | spec.timeout: Invalid value: "string": spec.timeout in body must be of type integer: "string"
          "environment":{"variables":{"AB":5}} | spec.environment.variables.AB: Invalid value: "integer": spec.environment.variables.AB in body must be of type string: "integer" (write it in quotes)
          "vpcConfig":{"subnetIds":["subnet-1","subnet-1"]} | spec.vpcConfig.subnetIds[1]: Duplicate value: "subnet-1"
          "layers":["a","b","c","d","e","f"] | spec.layers: Too many: 6: must have at most 5 items
          "fileSystemConfigs":[{"arn":"x"}] | spec.fileSystemConfigs[0].localMountPath: Required value
          "timeoutt":5 | spec.timeoutt: unknown field "spec.timeoutt": did you mean timeout?
          "subnetIds":[] | spec.subnetIds: unknown field "spec.subnetIds": did you mean spec.vpcConfig.subnetIds?
          "xyz":5 | spec.xyz: unknown field "spec.xyz"
          "handler":"a b" | spec.handler: Invalid value: "string": handler must be without spaces, such as app.handler; it cannot be cleared: remove it to stop managing it
          """)
  void errorsAreTheApiServers(String setting, String error) {
    assertThat(ofSetting(setting).getFirst()).isEqualTo(error);
  }

  @Test
  void aLongTextIsNotRepeated() {
    assertThat(ofSetting("\"description\":\"%s\"".formatted("x".repeat(257))))
        .contains("spec.description: Too long: may not be more than 256 bytes");
  }

  @Test
  void rulesAreNotCheckedWhereTheApiServerDoesNot() {
    assertThat(ofSetting("\"handler\":\"a b\",\"timeout\":\"5\""))
        .hasSize(2)
        .last()
        .asString()
        .startsWith("some validation rules were not checked because the object was invalid");
  }

  @Test
  void metadataIsChecked() {
    assertThat(
            errors(
                "{\"name\":\"A_b\",\"namespace\":\"a.b\",\"labels\":{\"-x\":\"y z\"}}",
                "{\"functionName\":\"f\"}"))
        .hasSize(4)
        .allMatch(error -> error.contains(": Invalid value: "));
    assertThat(errors("null", "{\"functionName\":\"f\"}").getFirst())
        .isEqualTo("metadata.name: Required value: name or generateName is required");
    assertThat(errors("{\"generateName\":\"A\"}", "{\"functionName\":\"f\"}")).hasSize(1);
    assertThat(errors("{\"name\":\"a\",\"lables\":{}}", "{\"functionName\":\"f\"}"))
        .containsExactly(
            "metadata.lables: unknown field \"metadata.lables\": did you mean labels?");
  }

  @Test
  @Timeout(value = 2, unit = TimeUnit.MINUTES)
  void hostileTextsAreCheckedInTime() {
    String long1 = "a-".repeat(500_000) + "_";
    ObjectNode unknown = new ObjectMapper().createObjectNode();
    for (int i = 0; i < 20_000; i++) {
      unknown.put("timeou" + i, i);
    }

    assertThat(errors("{\"name\":\"%s\"}".formatted(long1), "{\"functionName\":\"f\"}"))
        .isNotEmpty();
    assertThat(
            ofSetting(
                "\"role\":\"arn:aws:iam::123456789012:role/%s\""
                    .formatted("/".repeat(9000) + "\\n")))
        .isNotEmpty();
    assertThat(
            ofSetting(
                "\"environment\":{\"variables\":{\"%s\":\"\"}}".formatted("A".repeat(1_000_000))))
        .isNotEmpty();
    assertThat(errors("{\"name\":\"a\"}", unknown.toString()))
        .hasSizeBetween(FieldErrors.MOST, FieldErrors.MOST + 5);
  }

  @Test
  void onlyTheStatusHasADefault() {
    JsonNode crd = TrustedYaml.read(CrdSchema.class, "lambdafunctionconfigs.lambdaconfig.dev.yaml");

    // A default for a setting would be a value that nobody wrote, and would have to be set here.
    assertThat(
            crd.at("/spec/versions/0/schema/openAPIV3Schema/properties/spec").findValues("default"))
        .isEmpty();
  }

  @Test
  void aSchemaThatSaysMoreIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Schema.of(tree("{\"type\":\"string\",\"pattern\":\"a\"}")))
        .withMessage("the schema has an unknown keyword: pattern");
  }
}
