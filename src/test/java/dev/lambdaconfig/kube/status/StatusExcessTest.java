package dev.lambdaconfig.kube.status;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.ErrorDetail;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.api.StatusCondition;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What others have in a status beyond the operator's is removed, and nothing else. */
final class StatusExcessTest {

  private static final String READY = condition("Ready", "2026-01-01T00:00:00Z");

  @Test
  void aStatusAsItWasSentHasNone() {
    assertThat(patch("{\"observedGeneration\": 1, \"conditions\": [" + READY + "]}")).isNull();
    assertThat(StatusExcess.patch("{\"items\": []}", "u-1", sent())).isNull();
  }

  @Test
  void conditionsOfOtherTypesAreRemovedFromTheEnd() {
    assertThat(
            patch(
                "{\"conditions\": [%s, %s, %s]}"
                    .formatted(
                        condition("Stalled", "2026-01-01T00:00:00Z"),
                        READY,
                        condition("a/b", "0001-01-01T00:00:00Z"))))
        .isEqualTo(
            removing(
                """
                {"op":"test","path":"/status/conditions/2/type","value":"a/b"},\
                {"op":"remove","path":"/status/conditions/2"},\
                {"op":"test","path":"/status/conditions/0/type","value":"Stalled"},\
                {"op":"remove","path":"/status/conditions/0"}\
                """));
  }

  @Test
  void membersAreRemovedAtAnyDepth() {
    assertThat(
            patch(
                """
                {"conditions": [%s], "state": "Active",
                 "environmentError": {"errorCode": "E", "message": "forged"}}
                """
                    .formatted(READY.replace("{", "{\"observedGeneration\": 7, "))))
        .isEqualTo(
            removing(
                """
                {"op":"remove","path":"/status/environmentError/message"},\
                {"op":"remove","path":"/status/state"},\
                {"op":"test","path":"/status/conditions/0/type","value":"Ready"},\
                {"op":"remove","path":"/status/conditions/0/observedGeneration"}\
                """));
  }

  @Test
  void aPatchHasNoMoreOperationsThanTheApiServerTakes() {
    // When
    String patch =
        patch(
            "{\"conditions\": [%s]}"
                .formatted(
                    String.join(
                        ",",
                        Collections.nCopies(9000, condition("Stalled", "2026-01-01T00:00:00Z")))));

    // Then
    assertThat(requireNonNull(patch).split("\"op\"", -1)).hasSizeBetween(8000, 10_000);
  }

  private static @Nullable String patch(String status) {
    return StatusExcess.patch(
        """
        {"kind": "LambdaFunctionConfigList", "metadata": {"resourceVersion": "9"},
         "items": [{"metadata": {"uid": "u-1"}, "spec": {"conditions": []}, "status": %s}]}
        """
            .formatted(status),
        "u-1",
        sent());
  }

  private static String removing(String operations) {
    return "[{\"op\":\"test\",\"path\":\"/metadata/uid\",\"value\":\"u-1\"},%s]"
        .formatted(operations);
  }

  private static String condition(String type, String since) {
    return """
    {"type": "%s", "status": "True", "reason": "InSync", "message": "",
     "lastTransitionTime": "%s"}\
    """
        .formatted(type, since);
  }

  private static LambdaFunctionConfigStatus sent() {
    LambdaFunctionConfigStatus sent = new LambdaFunctionConfigStatus();
    sent.observedGeneration = 1L;
    sent.conditions =
        List.of(new StatusCondition("Ready", "True", null, "2026-01-01T00:00:00Z", "InSync", ""));
    sent.environmentError = new ErrorDetail("E", null);
    return sent;
  }
}
