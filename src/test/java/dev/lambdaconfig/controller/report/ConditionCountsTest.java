package dev.lambdaconfig.controller.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigSpec;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.api.StatusCondition;
import dev.lambdaconfig.decision.OperatorMode;
import dev.lambdaconfig.status.NextStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How resources are counted. */
final class ConditionCountsTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private static StatusCondition condition(String type, String status, String reason) {
    return new StatusCondition(type, status, 1L, "2026-03-01T11:50:00Z", reason, "");
  }

  private static LambdaFunctionConfigSpec spec(String json) {
    try {
      return new ObjectMapper().readValue(json, LambdaFunctionConfigSpec.class);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static LambdaFunctionConfig resource(StatusCondition... conditions) {
    LambdaFunctionConfig resource = new LambdaFunctionConfig();
    resource.setSpec(spec("{\"functionName\": \"orders\"}"));
    LambdaFunctionConfigStatus status = new LambdaFunctionConfigStatus();
    status.conditions = List.of(conditions);
    resource.setStatus(status);
    return resource;
  }

  private static ConditionCounts conditionCounts(LambdaFunctionConfig... resources) {
    return ConditionCounts.of(Stream.of(resources), OperatorMode.ENFORCE, NOW);
  }

  @Test
  void everyResourceCountsOnceForEachCondition() {
    // When
    ConditionCounts conditionCounts =
        conditionCounts(
            resource(condition("Ready", "True", "InSync"), condition("Drifted", "False", "InSync")),
            resource(
                condition("Ready", "False", "Updating"),
                condition("Reconciling", "True", "Updating"),
                condition("Drifted", "True", "Differs")),
            new LambdaFunctionConfig());

    // Then
    assertThat(conditionCounts.conditions())
        .isEqualTo(
            Map.of(
                "Ready", Map.of("True", 1, "False", 1, "Unknown", 1),
                "Reconciling", Map.of("True", 1, "False", 2, "Unknown", 0),
                "Stalled", Map.of("True", 0, "False", 3, "Unknown", 0),
                "Drifted", Map.of("True", 1, "False", 1, "Unknown", 1),
                "Suspended", Map.of("True", 0, "False", 3, "Unknown", 0)));
  }

  @Test
  void aSuspendedResourceCountsAsSuchAndIsNeitherReadyNorNot() {
    // When
    ConditionCounts conditionCounts =
        conditionCounts(resource(condition("Suspended", "True", "Suspended")));

    // Then
    assertThat(conditionCounts.conditions())
        .containsEntry("Suspended", Map.of("True", 1, "False", 0, "Unknown", 0))
        .containsEntry("Ready", Map.of("True", 0, "False", 0, "Unknown", 1))
        .containsEntry("Stalled", Map.of("True", 0, "False", 1, "Unknown", 0));
  }

  @Test
  void stalledOnesCountByReason() {
    // When
    ConditionCounts conditionCounts =
        conditionCounts(
            resource(condition("Stalled", "True", "AccessDeniedException")),
            resource(condition("Stalled", "True", "AccessDeniedException")),
            resource(condition("Stalled", "True", "Conflict")),
            resource(condition("Stalled", "False", "Conflict")));

    // Then
    assertThat(conditionCounts.stalled())
        .isEqualTo(Map.of("AccessDeniedException", 2, "Conflict", 1));
  }

  @Test
  void thoseThatAreTriedAgainCountByReason() {
    // When
    ConditionCounts conditionCounts =
        conditionCounts(
            resource(condition("Reconciling", "True", "CredentialsUnavailable")),
            resource(condition("Reconciling", "True", "CredentialsUnavailable")),
            resource(condition("Reconciling", "True", "UpdateStuck")),
            resource(condition("Reconciling", "False", "ServiceException")),
            resource(condition("Stalled", "True", "AccessDeniedException")));

    // Then
    assertThat(conditionCounts.retrying())
        .isEqualTo(Map.of("CredentialsUnavailable", 2, "UpdateStuck", 1));
  }

  /** A change to the whole fleet: it may take hours, and what is throttled has its own alert. */
  @Test
  void thoseThatAreUpdatedAreNotTriedAgain() {
    // When
    ConditionCounts conditionCounts =
        ConditionCounts.of(
            Stream.of(
                    "Updating",
                    "UpdateInProgress",
                    "UpdatesPaused",
                    "Restoring",
                    "Resumed",
                    "TooManyRequestsException",
                    "HTTP429")
                .map(reason -> resource(condition("Reconciling", "True", reason))),
            OperatorMode.ENFORCE,
            NOW);

    // Then
    assertThat(conditionCounts.conditions().get("Reconciling")).containsEntry("True", 7);
    assertThat(conditionCounts.retrying()).isEmpty();
  }

  @Test
  void aStatusThatSomebodyElseWroteIsUnknown() {
    // When
    ConditionCounts conditionCounts = conditionCounts(resource(condition("Ready", "Perhaps", "")));

    // Then
    assertThat(conditionCounts.conditions().get("Ready")).containsEntry("Unknown", 1);
  }

  @Test
  void aDifferenceThatIsEnforcedAges() {
    // When
    ConditionCounts conditionCounts =
        conditionCounts(
            resource(condition("Drifted", "True", "Differs")),
            resource(condition("Drifted", "False", "InSync")));

    // Then
    assertThat(conditionCounts.oldestDifference()).isEqualTo(Duration.ofMinutes(10));
  }

  @Test
  void aDifferenceThatIsOnlyObservedIsNoTrouble() {
    // Given
    LambdaFunctionConfig suspended = resource(condition("Drifted", "True", "Differs"));
    suspended.setSpec(spec("{\"functionName\": \"orders\", \"suspend\": true}"));

    // When
    ConditionCounts conditionCounts =
        conditionCounts(
            suspended,
            resource(
                condition("Ready", "True", NextStatus.OBSERVED),
                condition("Drifted", "True", "Differs")));

    // Then
    assertThat(conditionCounts.oldestDifference()).isZero();
    assertThat(conditionCounts.conditions().get("Drifted")).containsEntry("True", 2);
  }

  @ParameterizedTest
  @CsvSource({"ENFORCE, Observe, 0", "OBSERVE, Enforce, 0", "ENFORCE, Enforce, 10"})
  void anObservedFunctionThatCannotBeReadIsNoDriftToCorrect(
      OperatorMode mode, String ofSpec, int minutes) {
    // Given: the drift stays as it was, and Ready has the reason of the failed read
    LambdaFunctionConfig denied =
        resource(
            condition("Ready", "False", "AccessDeniedException"),
            condition("Stalled", "True", "AccessDeniedException"),
            condition("Drifted", "True", "Differs"));
    denied.setSpec(spec("{\"functionName\": \"orders\", \"mode\": \"" + ofSpec + "\"}"));

    // When
    ConditionCounts counts = ConditionCounts.of(Stream.of(denied), mode, NOW);

    // Then
    assertThat(counts.oldestDifference()).isEqualTo(Duration.ofMinutes(minutes));
  }

  @Test
  void aTimeThatNobodyCanReadIsNoTrouble() {
    // When
    ConditionCounts conditionCounts =
        conditionCounts(
            resource(new StatusCondition("Drifted", "True", 1L, "yesterday", "Differs", "")));

    // Then
    assertThat(conditionCounts.oldestDifference()).isZero();
  }
}
