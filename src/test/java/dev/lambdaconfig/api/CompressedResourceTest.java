package dev.lambdaconfig.api;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A resource as the cache holds it says what it said before. */
final class CompressedResourceTest {

  private static final ObjectMapper JSON = new ObjectMapper(StoredJson.factory());

  private static final String SECRET = "s3cr3t";

  private final Random random = new Random(7);

  private static LambdaFunctionConfig read(String spec, String status)
      throws JsonProcessingException {
    return JSON.readValue(
        "{\"metadata\":{\"name\":\"a\",\"namespace\":\"b\"},\"spec\":%s,\"status\":%s}"
            .formatted(spec, status),
        LambdaFunctionConfig.class);
  }

  private static LambdaFunctionConfig compressed(String spec, String status)
      throws JsonProcessingException {
    LambdaFunctionConfig resource = read(spec, status);
    resource.compress();
    return resource;
  }

  private static final String SPEC =
      "{\"functionName\":\"orders-api\",\"memorySize\":512,\"environment\":{\"variables\":"
          + "{\"STAGE\":\"production\",\"PASSWORD\":\"s3cr3t\"}}}";

  private String uuid() {
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }

  /** The status of a function in sync after a number of updates, as the operator writes it. */
  private String status(int updates) {
    String history =
        IntStream.range(0, updates)
            .mapToObj(
                i ->
                    """
                    {"time":"2026-11-26T10:0%d:42.123Z","fields":["memorySize"],\
                    "cause":"SpecChanged","generation":%d,"plannedRevision":"%s",\
                    "outcome":"Succeeded","settledRevision":"%s"}\
                    """
                        .formatted(i, 10 - i, uuid(), uuid()))
            .collect(Collectors.joining(","));
    return """
    {"observedGeneration":4,"conditions":[{"type":"Ready","status":"True","observedGeneration":4,\
    "lastTransitionTime":"2026-11-26T10:01:43Z","reason":"InSync",\
    "message":"the function matches the spec"},{"type":"Drifted","status":"False",\
    "observedGeneration":4,"lastTransitionTime":"2026-11-26T10:01:21Z","reason":"InSync",\
    "message":"no managed field differs"}],"region":"eu-central-1",\
    "functionArn":"arn:aws:lambda:eu-central-1:210987654321:function:orders-api",\
    "version":"$LATEST","state":"Active","lastUpdateStatus":"Successful","revisionId":"%s",\
    "codeSha256":"nLkYJTFUKLpxjc3Fr/S1DcUQPvgIyWxcRXGZCT5kyHk=","codeSize":2517,\
    "lastModified":"2026-11-26T10:01:43.000+0000","packageType":"Zip",\
    "architectures":["arm64"],"runtimeVersionArn":"arn:aws:lambda:eu-central-1::runtime:\
    8eeff65f6809a3ce81507fe733fe09b835899b99481ba22fd75b5a7338290ec1",\
    "managedFields":["memorySize","environment"],"lastAppliedTime":"2026-11-26T10:01:42.123Z",\
    "history":[%s]}\
    """
        .formatted(uuid(), history);
  }

  @Test
  void theNamesAreKnownWithoutTheRestUntilThatIsDecoded() throws Exception {
    // Given
    LambdaFunctionConfig resource =
        compressed("{\"functionName\":\"orders\",\"region\":\"eu-west-1\"}", "{}");
    SpecNames kept = resource.specNames();
    assertThat(kept).isEqualTo(new SpecNames("orders", "eu-west-1")).isSameAs(resource.specNames());

    // When
    resource.getSpec();

    // Then
    assertThat(resource.specNames()).isEqualTo(kept).isNotSameAs(kept);
    assertThat(compressed("{}", "{}").specNames()).isNull();
  }

  @Test
  void namesThatNoFunctionHasAreNotKept() throws Exception {
    // Given
    String name = "a".repeat(1000);

    // When
    LambdaFunctionConfig resource = compressed("{\"functionName\":\"" + name + "\"}", "{}");

    // Then
    SpecNames names = resource.specNames();
    assertThat(names).isEqualTo(new SpecNames(name, null));
    assertThat(resource.specNames()).isNotSameAs(names);
  }

  @Test
  void aTypicalResourceTakesHalfAKilobyte() throws JsonProcessingException {
    // When
    LambdaFunctionConfig resource = compressed(SPEC, status(2));

    // Then
    int spec = CompressedSpec.of(requireNonNull(resource.getSpec())).length();
    int status = requireNonNull(resource.compressedStatus()).length();
    assertThat(spec).isLessThan(100);
    assertThat(spec + status).isLessThan(512);
  }

  @Test
  void theLongestHistoryTakesAKilobyte() throws JsonProcessingException {
    assertThat(requireNonNull(compressed(SPEC, status(10)).compressedStatus()).length())
        .isLessThan(1024);
  }

  @Test
  void aStatusIsDecodedAsItWas() throws JsonProcessingException {
    // Given
    String status =
        """
        {"drift":[{"path":"environment.variables.A","desired":"","observed":"\\ud83d\\u0000é"}],
         "stateReason":"a lone surrogate: \\ud83d", "layers":[], "codeSize":9007199254740993,
         "baseline":[{"path":"vpcConfig","value":{"b":[1,2.5,true,{"c":null}],"a":"x"}},
                     {"path":"timeout","value":3}]}\
        """;

    // When
    LambdaFunctionConfig resource = compressed("{\"functionName\":\"f\"}", status);

    // Then
    assertThat(resource.getStatus()).isEqualTo(read("{}", status).getStatus());
    assertThat(requireNonNull(resource.getStatus()).stateReason).endsWith("\ud83d");
  }

  @Test
  void equalStatusesAreCompressedAlike() throws JsonProcessingException {
    // Given
    String one = "{\"region\":\"r\",\"baseline\":[{\"path\":\"p\",\"value\":{\"a\":1,\"b\":2}}]}";
    String other = "{\"baseline\":[{\"path\":\"p\",\"value\":{\"b\":2,\"a\":1}}],\"region\":\"r\"}";
    LambdaFunctionConfigStatus written = new LambdaFunctionConfigStatus();
    written.region = "r";
    written.baseline = List.of(new BaselineField("p", Map.of("a", 1L, "b", 2L), null));

    // Then
    assertThat(compressed(SPEC, one).compressedStatus())
        .isEqualTo(compressed(SPEC, other).compressedStatus())
        .isEqualTo(read(SPEC, other).compressedStatus())
        .isEqualTo(CompressedStatus.of(written))
        .isNotEqualTo(compressed(SPEC, "{\"region\":\"r\"}").compressedStatus());
  }

  @Test
  void whatIsWrongWithASpecIsKept() throws JsonProcessingException {
    // When
    LambdaFunctionConfig resource =
        compressed("{\"functionName\":5,\"suspend\":true}", "{\"state\":\"Active\"}");

    // Then
    for (LambdaFunctionConfig reader : List.of(resource, resource.copy())) {
      LambdaFunctionConfigSpec spec = requireNonNull(reader.getSpec());
      assertThat(spec.unreadable()).contains("spec.functionName must be a string");
      assertThat(spec.suspends()).isTrue();
      assertThat(requireNonNull(reader.getStatus()).state).isEqualTo("Active");
    }
  }

  @Test
  void nothingStaysNothing() throws JsonProcessingException {
    // When
    LambdaFunctionConfig resource = compressed("null", "null");

    // Then
    assertThat(resource.getSpec()).isNull();
    assertThat(resource.getStatus()).isNull();
    assertThat(resource.compressedStatus()).isNull();
    assertThat(resource.conditionSummary()).isNull();
  }

  @Test
  void aCopyDecodesOnce() throws JsonProcessingException {
    // When
    LambdaFunctionConfig copy = compressed(SPEC, status(1)).copy();

    // Then
    assertThat(copy.getStatus()).isSameAs(copy.getStatus());
    assertThat(copy.getSpec()).isSameAs(copy.getSpec());
  }

  @Test
  void whatIsSetReplacesWhatWasCompressed() throws JsonProcessingException {
    // Given
    LambdaFunctionConfig resource = compressed(SPEC, status(1));

    // When
    resource.setSpec(null);
    resource.setStatus(null);

    // Then
    assertThat(resource.getSpec()).isNull();
    assertThat(resource.getStatus()).isNull();
    assertThat(resource.conditionSummary()).isNull();
  }

  @Test
  void noValueOfAVariableIsPrinted() throws JsonProcessingException {
    // Given
    LambdaFunctionConfig resource = compressed(SPEC, status(1));

    // Then
    assertThat(requireNonNull(resource.getSpec()).environment()).isNotNull();
    assertThat(resource + " " + resource.copy() + " " + read(SPEC, "{}"))
        .doesNotContain(SECRET)
        .contains("LambdaFunctionConfig[b/a");
    assertThat(CompressedSpec.of(requireNonNull(resource.getSpec())).toString())
        .matches("CompressedSpec\\[\\d+ bytes]");
    assertThat(String.valueOf(resource.compressedStatus()))
        .matches("CompressedStatus\\[\\d+ bytes]");
  }

  @Test
  void resourcesThatAreCountedAlikeShareTheirSummary() throws JsonProcessingException {
    // When
    List<StatusCondition> one = compressed(SPEC, status(1)).conditionSummary();
    List<StatusCondition> other = compressed(SPEC, status(2)).conditionSummary();

    // Then
    assertThat(one).isSameAs(other);
    assertThat(requireNonNull(one))
        .extracting(StatusCondition::type, StatusCondition::status, StatusCondition::reason)
        .map(Object::toString)
        .containsExactly(
            "(\"Ready\", \"True\", \"InSync\")", "(\"Drifted\", \"False\", \"InSync\")");
  }

  @Test
  void theTimeOfADifferenceIsInTheSummary() throws JsonProcessingException {
    // Given
    String status =
        status(1).replace("\"Drifted\",\"status\":\"False\"", "\"Drifted\",\"status\":\"True\"");

    // When
    List<StatusCondition> summary = compressed(SPEC, status).conditionSummary();

    // Then
    assertThat(requireNonNull(summary).getLast().lastTransitionTime())
        .isEqualTo("2026-11-26T10:01:21Z");
  }

  @Test
  void whatAnotherWriterMakesAConditionSayIsNotInTheSummary() throws JsonProcessingException {
    // Given: the summaries that are shared outlive the resource
    String forged =
        status(1).replace("\"Ready\",\"status\":\"True\"", "\"Ready\",\"status\":\"%s\"");

    // When
    LambdaFunctionConfig resource = compressed(SPEC, forged.formatted("x".repeat(60_000)));

    // Then
    assertThat(requireNonNull(resource.conditionSummary()).getFirst().status())
        .isEqualTo("Unknown");
  }

  @Test
  void conditionsThatNobodyCountsAreNotInTheSummary() throws JsonProcessingException {
    // Given
    String foreign =
        IntStream.range(0, 500)
            .mapToObj(
                i ->
                    """
                    {"type":"Other%d","status":"True","reason":"R","message":"M",\
                    "lastTransitionTime":"2026-11-26T10:01:21Z"},\
                    """
                        .formatted(i))
            .collect(Collectors.joining());
    String status = status(1).replace("\"conditions\":[", "\"conditions\":[" + foreign);

    // When
    LambdaFunctionConfig resource = compressed(SPEC, status);

    // Then
    assertThat(requireNonNull(resource.conditionSummary())).hasSize(2);
    assertThat(requireNonNull(requireNonNull(resource.getStatus()).conditions)).hasSize(502);
  }
}
