package dev.lambdaconfig.api;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Any content of a resource is read, within bounds, and affects no other resource. */
final class LenientDeserializationTest {

  private static final ObjectMapper JSON = new ObjectMapper(StoredJson.factory());

  private static final String TIME = "2026-11-24T10:00:00Z";

  private static LambdaFunctionConfig read(String members) throws JsonProcessingException {
    return JSON.readValue("{" + members + "}", LambdaFunctionConfig.class);
  }

  private static String nested(int depth) {
    return "[".repeat(depth) + "]".repeat(depth);
  }

  @Nested
  final class OfASpec {

    private @Nullable String unreadable(String member) throws JsonProcessingException {
      // The members after it must still be read.
      LambdaFunctionConfig resource =
          read(
              "\"spec\":{\"functionName\":\"f\"," + member + "},\"status\":{\"state\":\"Active\"}");
      assertThat(requireNonNull(resource.getStatus()).state).isEqualTo("Active");
      return requireNonNull(resource.getSpec()).unreadable();
    }

    @Test
    void aNameLongerThanJacksonTakesByDefaultIsRead() throws JsonProcessingException {
      LambdaFunctionConfig resource =
          read(
              "\"spec\":{\"functionName\":\"f\",\"environment\":{\"variables\":{\"%s\":\"x\"}}}"
                  .formatted("A".repeat(50_001)));

      assertThat(requireNonNull(resource.getSpec()).unreadable()).isNull();
    }

    @Test
    void theLongestReferencesThatTheSchemaAcceptsAreRead() throws JsonProcessingException {
      String object = "n".repeat(253);
      String values =
          IntStream.range(0, 100)
              .mapToObj(
                  i ->
                      "{\"name\":\"V%02d%s\",\"configMapKeyRef\":{\"name\":\"%s\",\"key\":\"%s\","
                              .formatted(i, "N".repeat(31), object, "k".repeat(253))
                          + "\"optional\":false}}")
              .collect(Collectors.joining(","));
      String sources =
          IntStream.range(0, 20)
              .mapToObj(
                  i ->
                      "{\"prefix\":\"%s\",\"configMapRef\":{\"name\":\"%s\",\"optional\":false}}"
                          .formatted("P".repeat(128), object))
              .collect(Collectors.joining(","));
      String rest = "x".repeat(20_000 + 2 * (16_384 + 1500));

      assertThat(
              unreadable(
                  "\"environment\":{\"valuesFrom\":[%s],\"envFrom\":[%s]},\"description\":\"%s\""
                      .formatted(values, sources, rest)))
          .isNull();
    }

    @Test
    void moreThanAFunctionHasIsNotKept() throws JsonProcessingException {
      String name = "A".repeat(1_000_000);

      assertThat(unreadable("\"environment\":{\"variables\":{\"" + name + "\":\"x\"}}"))
          .contains(
              "spec has 10000", "at most 131072 are allowed", "spec.environment.variables.AAA")
          .hasSizeLessThan(500);
      assertThat(unreadable("\"description\":\"" + name + "\"")).contains("spec.description");
      assertThat(unreadable("\"" + name + "\":1")).contains("at most 131072 are allowed");
    }

    @Test
    void moreValuesThanAFunctionHasAreNotKept() throws JsonProcessingException {
      String items = IntStream.range(0, 10_000).mapToObj(i -> "0").collect(Collectors.joining(","));

      assertThat(unreadable("\"layers\":[" + items + "]"))
          .contains("values, and at most 5000 are allowed", "spec.layers[4");
    }

    @Test
    void deepNestingIsNotKept() throws JsonProcessingException {
      assertThat(unreadable("\"layers\":" + nested(100_000)))
          .contains("spec.layers[0][0]", "more than 32 lists and maps");
    }

    @Test
    void whatIsNotKeptIsSuspendedAllTheSame() throws JsonProcessingException {
      LambdaFunctionConfigSpec spec =
          requireNonNull(
              read("\"spec\":{\"description\":\"%s\",\"flag\":true,\"suspend\":true,\"x\":[true]}"
                      .formatted("A".repeat(200_000)))
                  .getSpec());

      assertThat(spec.unreadable()).contains("at most 131072 are allowed");
      assertThat(spec.suspends()).isTrue();
    }

    @Test
    void aNumberLikeNoOtherIsNotRead() throws JsonProcessingException {
      for (String number :
          new String[] {"9".repeat(2000), "1e400", "-1e400", "0." + "1".repeat(2000)}) {
        assertThat(unreadable("\"timeout\":" + number))
            .as(number)
            .contains("spec.timeout is a number out of range");
      }
      assertThat(unreadable("\"timeout\":1e300")).contains("spec.timeout must be a whole number");
    }

    @Test
    void aStringIsNoNumber() throws JsonProcessingException {
      for (String text : new String[] {"NaN", "Infinity", "-Infinity", "", "2"}) {
        assertThat(
                unreadable(
                    "\"capacityProviderConfig\":{\"lambdaManagedInstancesCapacityProviderConfig\":"
                        + "{\"executionEnvironmentMemoryGiBPerVCpu\":\""
                        + text
                        + "\"}}"))
            .as(text)
            .contains("executionEnvironmentMemoryGiBPerVCpu must be a number (without quotes)");
      }
    }

    @Test
    void aMessageIsShortWhateverTheNames() throws JsonProcessingException {
      String name = "A".repeat(30_000);

      assertThat(unreadable("\"environment\":{\"variables\":{\"" + name + "\":5}}"))
          .contains("variables.AAA", "must be a string")
          .hasSizeLessThan(500);
      assertThat(unreadable("\"environment\":{\"" + name + "\":5,\"b\":1}"))
          .contains("AAA", ", b", "upgrade the operator")
          .hasSizeLessThan(500);
    }

    @Test
    void halfACharacterIsRead() throws JsonProcessingException {
      assertThat(unreadable("\"description\":\"\\ud800\"")).isNull();
    }
  }

  @Nested
  final class OfAStatus {

    private LambdaFunctionConfigStatus status(String members) throws JsonProcessingException {
      LambdaFunctionConfig resource =
          read("\"status\":{" + members + "},\"spec\":{\"functionName\":\"f\"}");
      assertThat(requireNonNull(resource.getSpec()).functionName()).isEqualTo("f");
      return requireNonNull(resource.getStatus());
    }

    @Test
    void oneUnreadableFieldCostsNoOther() throws JsonProcessingException {
      LambdaFunctionConfigStatus status =
          status(
              "\"observedGeneration\":\"x\",\"codeSize\":{},\"conditions\":5,\"layers\":{\"a\":1},"
                  + "\"state\":\"Active\",\"baseline\":[{\"path\":\"timeout\",\"value\":7}],"
                  + "\"history\":[{\"time\":\""
                  + TIME
                  + "\",\"fields\":[null,\"timeout\"],\"outcome\":\"Succeeded\"}]");

      assertThat(status.observedGeneration).isNull();
      assertThat(status.codeSize).isNull();
      assertThat(status.conditions).isNull();
      assertThat(status.layers).isNull();
      assertThat(status.state).isEqualTo("Active");
      assertThat(status.baseline).containsExactly(new BaselineField("timeout", 7L, null));
      assertThat(status.history).hasSize(1);
      assertThat(requireNonNull(status.history).getFirst().fields()).containsExactly("timeout");
    }

    @Test
    void itemsThatMeanNothingAreLeftOut() throws JsonProcessingException {
      LambdaFunctionConfigStatus status =
          status(
              """
              "conditions": [null, 5, {}, {"type": "Ready"},
                {"type": "Ready", "status": "True", "reason": "InSync", "message": "m",
                 "lastTransitionTime": "yesterday"},
                {"type": "Ready", "status": "True", "reason": "InSync", "message": "m",
                 "lastTransitionTime": "-999999999-01-01T00:00:00Z"},
                {"type": "Ready", "status": "True", "reason": "InSync", "message": "m",
                 "lastTransitionTime": "+999999999-12-31T23:59:59Z"},
                {"type": "Ready", "status": "True", "reason": "InSync", "message": "m",
                 "lastTransitionTime": "%1$s"}],
              "history": [null, {}, {"time": "%1$s"}, {"outcome": "Succeeded"},
                {"time": "%1$s", "generation": "x", "outcome": "Succeeded"},
                {"time": "-999999999-01-01T00:00:00Z", "outcome": "Succeeded"},
                {"time": "%1$s", "outcome": "InProgress"}],
              "baseline": [null, {}, {"value": 1}, {"path": "timeout", "value": 1e400},
                {"path": "layers", "value": [null, "a"]}],
              "drift": [{}, {"path": "timeout"}],
              "ignoredDrift": [{"generation": 1}, {"path": "role"}],
              "owned": [{"entries": ["A"]}, {"path": "layers", "entries": ["layer"]}],
              "managedFields": [null, "timeout", {}, "role"]
              """
                  .formatted(TIME));

      assertThat(status.conditions)
          .extracting(StatusCondition::type, StatusCondition::lastTransitionTime)
          .as("a mark of what others may read, and what can be read")
          .containsExactly(tuple("Unreadable", "1970-01-01T00:00:00Z"), tuple("Ready", TIME));
      assertThat(status.history).extracting(UpdateRecord::outcome).containsExactly("InProgress");
      assertThat(status.baseline).extracting(BaselineField::path).containsExactly("layers");
      assertThat(status.drift).extracting(DriftedField::path).containsExactly("timeout");
      assertThat(status.ignoredDrift).extracting(IgnoredField::path).containsExactly("role");
      assertThat(status.owned).extracting(OwnedEntries::path).containsExactly("layers");
      assertThat(status.managedFields).containsExactly("timeout", "role");
    }

    @Test
    void whatIsTooLargeOrTooDeepIsLeftOut() throws JsonProcessingException {
      String large = "x".repeat(1_000_000);
      String items =
          IntStream.range(0, 5000).mapToObj(i -> "\"" + i + "\"").collect(Collectors.joining(","));

      LambdaFunctionConfigStatus status =
          status(
              "\"baseline\":[{\"path\":\"a\",\"value\":%s},{\"path\":\"b\",\"value\":1}],"
                      .formatted(nested(9000))
                  + "\"%s\":1,\"stateReason\":\"%s\",\"version\":%s,\"managedFields\":[%s],"
                      .formatted(large, large, "9".repeat(5000), items)
                  + "\"state\":\"Active\"");

      assertThat(status.baseline).extracting(BaselineField::path).containsExactly("b");
      assertThat(status.stateReason).isNull();
      assertThat(status.managedFields).hasSize(1000);
      assertThat(status.state).isEqualTo("Active");
    }

    @Test
    void allOfItIsBounded() throws JsonProcessingException {
      String message = "x".repeat(60_000);
      String items =
          IntStream.range(0, 20)
              .mapToObj(i -> "{\"path\":\"p" + i + "\",\"desired\":\"" + message + "\"}")
              .collect(Collectors.joining(","));

      LambdaFunctionConfigStatus status = status("\"drift\":[" + items + "]");

      assertThat(status.drift).hasSize(4);
    }

    @Test
    void noneAtAllIsAnEmptyOne() throws JsonProcessingException {
      for (String nothing : new String[] {"5", "\"x\"", "[[{}]]", "{}", "true"}) {
        assertThat(read("\"status\":" + nothing).getStatus())
            .as(nothing)
            .isEqualTo(new LambdaFunctionConfigStatus());
      }
    }
  }

  @Test
  void namesOfDocumentsThatWereReadAreNotHeld() {
    assertThat(
            StoredJson.factory()
                .isEnabled(com.fasterxml.jackson.core.JsonFactory.Feature.CANONICALIZE_FIELD_NAMES))
        .isFalse();
  }
}
