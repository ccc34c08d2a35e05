package dev.lambdaconfig.api;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The strings of a status, which are read without a tree, and kept as those of a tree are. */
final class LenientStatusStringsTest {

  /** The longest string of a status. */
  private static final String LONGEST = "x".repeat(65_535);

  private static final ObjectMapper JSON = new ObjectMapper(StoredJson.factory());

  private static LambdaFunctionConfigStatus status(String members) throws JsonProcessingException {
    // What comes after it must still be read.
    LambdaFunctionConfig resource =
        JSON.readValue(
            "{\"status\":{" + members + "},\"spec\":{\"functionName\":\"f\"}}",
            LambdaFunctionConfig.class);
    assertThat(requireNonNull(resource.getSpec()).functionName()).isEqualTo("f");
    return requireNonNull(resource.getStatus());
  }

  private static String quoted(List<String> texts) {
    return "\"" + String.join("\",\"", texts) + "\"";
  }

  @Test
  void aStringIsReadUpToItsBound() throws JsonProcessingException {
    LambdaFunctionConfigStatus status =
        status("\"stateReason\":\"" + LONGEST + "\",\"state\":\"Active\"");

    assertThat(status.stateReason).isEqualTo(LONGEST);
    assertThat(status.state).isEqualTo("Active");
  }

  @Test
  void aStringBeyondItsBoundIsLeftOutAndCostsNoOther() throws JsonProcessingException {
    LambdaFunctionConfigStatus status =
        status(
            "\"stateReason\":\"x%s\",\"managedFields\":[\"timeout\",\"x%s\",%s,\"role\"]"
                .formatted(LONGEST, LONGEST, quoted(Collections.nCopies(3, LONGEST))));

    assertThat(status.stateReason).isNull();
    assertThat(status.managedFields).containsExactly("timeout", LONGEST, LONGEST, LONGEST, "role");
  }

  @Test
  void theStringsOfAStatusAreBoundedTogether() throws JsonProcessingException {
    // When
    LambdaFunctionConfigStatus status =
        status(
            "\"managedFields\":[%s],\"state\":\"\",\"codeSize\":1"
                .formatted(quoted(Collections.nCopies(5, LONGEST))));

    // Then
    assertThat(status.managedFields).as("262,144 characters").hasSize(4);
    assertThat(status.state).isNull();
    assertThat(status.codeSize).isNull();
  }

  @Test
  void whatIsLeftOfTheBoundIsForAShorterString() throws JsonProcessingException {
    // Four characters are left: enough for a string of two, not for what follows.
    String almost = LONGEST.substring(4);
    LambdaFunctionConfigStatus status =
        status(
            "\"managedFields\":[%s,\"%s\"],\"state\":\"abcd\",\"version\":\"12\",\"codeSize\":1"
                    .formatted(quoted(Collections.nCopies(3, LONGEST)), almost)
                + ",\"region\":\"eu\"");

    assertThat(status.managedFields).hasSize(4);
    assertThat(status.state).isNull();
    assertThat(status.version).isEqualTo("12");
    assertThat(status.codeSize).isNull();
    assertThat(status.region).isNull();
  }

  @Test
  void stringsAndObjectsShareTheBound() throws JsonProcessingException {
    LambdaFunctionConfigStatus status =
        status(
            "\"managedFields\":[%s],\"drift\":[{\"path\":\"a\",\"desired\":\"%s\"},{\"path\":\"b\"}]"
                .formatted(quoted(Collections.nCopies(3, LONGEST)), LONGEST.substring(10)));

    assertThat(status.managedFields).hasSize(3);
    assertThat(status.drift).extracting(DriftedField::path).containsExactly("b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "5",
        "\\u0000\\n\\\"\\\\\\/",
        "\\ud83d\\ude00",
        "\\ud800",
        "日本",
        "2026-11-24T10:00:00Z"
      })
  void aStringIsWhatItsTreeIs(String json) throws JsonProcessingException {
    String members = "\"state\":\"%1$s\",\"managedFields\":[\"%1$s\"]".formatted(json);
    JsonNode tree = JSON.readTree("{" + members + "}");

    LambdaFunctionConfigStatus status = status(members);

    assertThat(status.state).isEqualTo(tree.path("state").textValue());
    assertThat(status.managedFields).containsExactly(tree.path("state").textValue());
  }
}
