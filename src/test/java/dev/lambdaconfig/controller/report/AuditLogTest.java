package dev.lambdaconfig.controller.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.controller.state.ManagedResource;
import dev.lambdaconfig.controller.state.Reconciliation;
import dev.lambdaconfig.controller.state.Step;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.identity.Identity;
import dev.lambdaconfig.plan.TestSpecs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The lines of the audit log, whose members are a contract. */
final class AuditLogTest {

  private static final String ARN = "arn:aws:lambda:eu-west-1:123456789012:function:fn";

  private final ManagedResource resource =
      new ManagedResource("{timeout: 9, environment: {variables: {PASSWORD: c4n4ry}}}");
  private final Step step =
      resource.planned(
          "{FunctionArn: '"
              + ARN
              + "', Timeout: 3, RevisionId: r1, Environment: {Variables: {PASSWORD: old-c4n4ry}}}");

  @Test
  void anAcceptedUpdateIsOneLineWithEveryMember() {
    assertThat(
            line(
                new Answer.Described(TestSpecs.function("{Timeout: 9, RevisionId: r2}")),
                "request-1"))
        .isEqualTo(
            "{\"loggerName\":\"changes\",\"time\":\"2026-01-01T00:00:00Z\",\"namespace\":\"team-a\","
                + "\"name\":\"orders\",\"uid\":\"uid-of-team-a-orders\",\"generation\":1,"
                + "\"functionArn\":\""
                + ARN
                + "\",\"identity\":\"operator\",\"cause\":\"SpecChanged\","
                + "\"fields\":[\"timeout\",\"environment.variables\"],"
                + "\"revisionBefore\":\"r1\",\"revisionAfter\":\"r2\",\"requestId\":\"request-1\","
                + "\"outcome\":\"Accepted\",\"errorCode\":null}");
  }

  @Test
  void theDocumentationShowsTheSameMembers() throws IOException {
    // Given
    Matcher example =
        Pattern.compile("(?m)^\\{\"loggerName.*$")
            .matcher(Files.readString(Path.of("docs/audit.md")));
    assertThat(example.find()).isTrue();

    // Then
    assertThat(members(example.group()))
        .containsExactlyElementsOf(members(line(failed("Any", null, 400), null)));
  }

  @Test
  void aRefusedUpdateHasAwsCodeAndNotItsMessage() {
    // When
    String line =
        line(failed("InvalidParameterValueException", "c4n4ry is not a value", 400), "request-1");

    // Then
    assertThat(line)
        .contains(
            "\"revisionAfter\":null",
            "\"outcome\":\"Refused\"",
            "\"errorCode\":\"InvalidParameterValueException\"")
        .doesNotContain("c4n4ry");
  }

  @Test
  void anUpdateWithoutAnAnswerIsUnknown() {
    assertThat(line(failed(Failure.ENDPOINT_UNREACHABLE, "timed out", 0), null))
        .contains(
            "\"requestId\":null",
            "\"outcome\":\"Unknown\"",
            "\"errorCode\":\"EndpointUnreachable\"");
    assertThat(line(failed("ServiceException", null, 500), "request-1"))
        .contains("\"outcome\":\"Unknown\"");
  }

  @Test
  void theIdentityIsTheServiceAccount() {
    // Given
    Reconciliation started = resource.reconciliation();
    Reconciliation tenant =
        started.restoring(
            started.managed(),
            started.function().as(new Identity("team-a", "writer", "210987654321", "session")));

    // When
    String line =
        AuditLog.line(tenant, step, failed("AccessDeniedException", null, 403), "request-1");

    // Then
    assertThat(line).contains("\"identity\":\"team-a/writer\"").doesNotContain("session");
  }

  @Test
  void whateverAnEndpointAnswersTheLineIsOneLine() {
    // When
    String line = line(failed("a\"b\nc".repeat(1000), null, 400), "request-1");

    // Then
    assertThat(line).doesNotContain("\n").hasSizeLessThan(1000);
    assertThat(TestSpecs.tree(line).path("errorCode").asText()).startsWith("a\"b\nc");
  }

  @Test
  void whateverAnEndpointCallsAFunctionTheLineIsShortAndOfAscii() {
    // Given: line breaks of Unicode, and half a character
    String odd = "a\u0085\u2028\u2029\ud83d".repeat(20_000);
    Step planned =
        resource.planned(
            TestSpecs.object()
                .put("FunctionArn", odd)
                .put("RevisionId", odd)
                .put("Timeout", 3)
                .toString());

    // When
    String line =
        AuditLog.line(
            resource.reconciliation(),
            planned,
            new Answer.Described(
                TestSpecs.function(TestSpecs.object().put("RevisionId", odd).toString())),
            null);

    // Then
    assertThat(line).matches("[ -~]+").hasSizeLessThan(7000);
    assertThat(TestSpecs.tree(line).path("revisionAfter").asText()).startsWith("a\u0085\u2028");
  }

  private static List<String> members(String line) {
    return TestSpecs.tree(line).properties().stream().map(Map.Entry::getKey).toList();
  }

  private String line(Answer answer, @Nullable String requestId) {
    return AuditLog.line(resource.reconciliation(), step, answer, requestId);
  }

  private static Answer failed(String code, @Nullable String message, int status) {
    return new Answer.Failed(new Failure(code, message, status, null));
  }
}
