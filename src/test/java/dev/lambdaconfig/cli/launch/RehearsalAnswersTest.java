package dev.lambdaconfig.cli.launch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import dev.lambdaconfig.cli.launch.RehearsalAnswers.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the stand-ins for the API server and for Lambda answer. */
final class RehearsalAnswersTest {

  private static final String NAMESPACE = "/apis/lambdaconfig.dev/v1alpha1/namespaces/rehearsal";
  private static final String FUNCTION = "/2015-03-31/functions/rehearsal/configuration";
  private static final String EVENTS = "/api/v1/namespaces/rehearsal/events";

  private final RehearsalAnswers answers = new RehearsalAnswers();

  @ParameterizedTest
  @CsvSource({
    "GET, /apis/lambdaconfig.dev/v1alpha1, 200, APIResourceList",
    "POST, /apis/authorization.k8s.io/v1/selfsubjectaccessreviews, 201, SelfSubjectAccessReview",
    "GET, /apis/lambdaconfig.dev/v1alpha1/lambdafunctionconfigs, 200, LambdaFunctionConfigList",
    "GET, /apis/coordination.k8s.io/v1, 404, Status"
  })
  void theApiServerAnswersWhatAStartAsks(String method, String path, int code, String kind)
      throws Exception {
    Reply answer = answers.to(method, path, "");

    assertThat(answer.code()).isEqualTo(code);
    assertThat(json(answer).get("kind").asText()).isEqualTo(kind);
  }

  @Test
  void theDocumentedSchemaTakesAnyMember() throws Exception {
    Reply answer = answers.to("GET", "/openapi/v3/apis/lambdaconfig.dev/v1alpha1", "");

    assertThat(json(answer).at("/components/schemas"))
        .singleElement()
        .satisfies(
            schema ->
                assertThat(schema.at("/properties/spec/x-kubernetes-preserve-unknown-fields"))
                    .isEqualTo(BooleanNode.TRUE));
  }

  @Test
  void aWrittenStatusIsOfALaterVersion() throws Exception {
    JsonNode read =
        json(answers.to("GET", "/apis/lambdaconfig.dev/v1alpha1/lambdafunctionconfigs", ""))
            .get("items")
            .get(0);
    JsonNode written =
        json(answers.to("PATCH", NAMESPACE + "/lambdafunctionconfigs/rehearsal/status", "{}"));

    assertThat(read.at("/metadata/resourceVersion").asText()).isEqualTo("1");
    assertThat(written.at("/metadata/resourceVersion").asText()).isEqualTo("2");
  }

  @Test
  void anUpdateOfTheFunctionIsSeenFromThenOn() throws Exception {
    // Given
    JsonNode before = json(answers.to("GET", FUNCTION, ""));

    // When
    JsonNode update = json(answers.to("PUT", FUNCTION, "{\"Timeout\": 30}"));
    JsonNode after = json(answers.to("GET", FUNCTION, ""));

    // Then
    assertThat(before.get("Timeout").asInt()).isEqualTo(3);
    assertThat(after.get("Timeout").asInt()).isEqualTo(30);
    assertThat(after).isEqualTo(update);
    assertThat(after.get("RevisionId")).isNotEqualTo(before.get("RevisionId"));
  }

  @ParameterizedTest
  @CsvSource({
    "/2015-03-31/functions/rehearsal, /Configuration/FunctionName",
    "/2015-03-31/functions, /Functions/0/FunctionName",
    "/2015-03-31/functions/, /Functions/0/FunctionName"
  })
  void theFunctionIsReadAndListedToo(String path, String name) throws Exception {
    assertThat(json(answers.to("GET", path, "")).at(name).asText()).isEqualTo("rehearsal");
  }

  @Test
  void aLeaseIsKept() throws Exception {
    // Given
    String leases = "/apis/coordination.k8s.io/v1/namespaces/rehearsal/leases";
    assertThat(answers.to("GET", leases + "/operator", "").code()).isEqualTo(404);

    // When
    Reply created =
        answers.to("POST", leases, "{\"kind\": \"Lease\", \"metadata\": {\"name\": \"operator\"}}");
    Reply patched = answers.to("PATCH", leases + "/operator", "[]");

    // Then
    assertThat(created.code()).isEqualTo(201);
    assertThat(json(created).at("/metadata/resourceVersion").asText()).isEqualTo("1");
    assertThat(patched.code()).isEqualTo(200);
    assertThat(answers.to("GET", leases + "/operator", "").body()).isEqualTo(created.body());
    assertThat(RehearsalAnswers.isRenewal(leases)).isTrue();
    assertThat(RehearsalAnswers.isRenewal(FUNCTION)).isFalse();
  }

  @Test
  void theChangeOfTheResourceAsksForTheUpdateOnceMore() throws Exception {
    JsonNode event = new ObjectMapper().readTree(RehearsalAnswers.CHANGE);

    assertThat(RehearsalAnswers.CHANGE).doesNotContain("\n");
    assertThat(event.get("type").asText()).isEqualTo("MODIFIED");
    assertThat(event.at("/object/metadata/annotations").elements().next().asText())
        .isEqualTo("again");
  }

  @Test
  void onlyTheEventOfTheUpdateIsTheEnd() {
    // Given
    var begun = answers.to("POST", EVENTS, "{\"reason\": \"UpdateStarted\"}");
    assertThat(RehearsalAnswers.isEnd(EVENTS, "{\"reason\": \"UpdateStarted\"}")).isFalse();

    // Then
    assertThat(begun.code()).isEqualTo(201);
    assertThat(begun.body()).isEqualTo("{\"reason\": \"UpdateStarted\"}");
    assertThat(RehearsalAnswers.isEnd(EVENTS, "{\"reason\": \"UpdateSucceeded\"}")).isTrue();
    assertThat(RehearsalAnswers.isEnd(FUNCTION, "UpdateSucceeded")).isFalse();
  }

  private static JsonNode json(Reply answer) throws JsonProcessingException {
    return new ObjectMapper().readTree(answer.body());
  }
}
