package dev.lambdaconfig.status;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.DriftedField;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.api.StatusCondition;
import dev.lambdaconfig.decision.Decision;
import dev.lambdaconfig.model.Value;
import dev.lambdaconfig.plan.Difference;
import dev.lambdaconfig.plan.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The condition Drifted and the differences, for each state of the function. */
final class DriftFactsTest {

  private static final Decision IN_SYNC = new Decision.InSync(Duration.ofMinutes(1));
  private static final Decision WAIT =
      new Decision.InProgress("UpdateInProgress", "", Duration.ofSeconds(1));
  private static final Difference TIMEOUT = new Difference("timeout", "9", "3");

  @Test
  void aFunctionThatDiffersHasItsDifferencesShown() {
    // When
    LambdaFunctionConfigStatus next = write(null, 1, IN_SYNC, plan(List.of(TIMEOUT)));

    // Then
    assertThat(drifted(next)).isEqualTo("True Differs differs in timeout");
    assertThat(next.drift).containsExactly(new DriftedField("timeout", "9", "3"));
  }

  @Test
  void aFunctionWithoutDifferenceHasNone() {
    // When
    LambdaFunctionConfigStatus next = write(null, 1, IN_SYNC, Plan.NOTHING);

    // Then
    assertThat(drifted(next)).isEqualTo("False InSync no managed field differs");
    assertThat(next.drift).isNull();
  }

  @Test
  void whatAwsCouldNotReadIsUnknown() {
    // Given
    Plan plan =
        new Plan(
            List.of(),
            List.of(),
            new TreeMap<>(),
            List.of(new Plan.Unknown("environment", "AccessDeniedException", "no")),
            false);

    // Then
    assertThat(drifted(write(null, 1, IN_SYNC, plan)))
        .isEqualTo("Unknown AccessDeniedException AWS could not read environment");
  }

  @Test
  void whatAwsCouldNotReadIsNamedBesideWhatDiffers() {
    // Given
    Plan plan =
        new Plan(
            List.of("timeout"),
            List.of(TIMEOUT),
            new TreeMap<>(Map.of("Timeout", Value.number(9))),
            List.of(new Plan.Unknown("environment", "AccessDeniedException", "no")),
            false);

    // Then
    assertThat(drifted(write(null, 1, IN_SYNC, plan)))
        .isEqualTo("True Differs differs in timeout; AWS could not read environment");
  }

  @Test
  void whileAnUpdateRunsTheDriftStaysAsItWas() {
    // Given
    LambdaFunctionConfigStatus before = write(null, 1, IN_SYNC, plan(List.of(TIMEOUT)));

    // Then
    assertThat(drifted(write(before, 1, WAIT, Plan.NOTHING)))
        .isEqualTo("True Differs differs in timeout");
    assertThat(drifted(write(before, 1, IN_SYNC, null)))
        .isEqualTo("True Differs differs in timeout");
  }

  @Test
  void theDriftFromAnotherSpecIsUnknown() {
    // Given
    LambdaFunctionConfigStatus before = write(null, 1, IN_SYNC, plan(List.of(TIMEOUT)));

    // When
    LambdaFunctionConfigStatus next = write(before, 2, WAIT, Plan.NOTHING);

    // Then
    assertThat(drifted(next)).startsWith("Unknown NotRead");
    assertThat(next.drift).isNull();
    assertThat(drifted(write(null, 1, IN_SYNC, null))).startsWith("Unknown NotRead");
  }

  @Test
  void valuesAndTheirNumberAreBounded() {
    // Given: a character of two places does not fit after 1023
    String cut = "x".repeat(1023);
    Difference large = new Difference("description", "x".repeat(1024), cut + "\uD83D\uDE00");

    // When
    LambdaFunctionConfigStatus next =
        write(null, 1, IN_SYNC, plan(Collections.nCopies(101, large)));

    // Then
    assertThat(next.drift)
        .hasSize(100)
        .containsOnly(new DriftedField("description", "x".repeat(1024), cut + "…"));
  }

  /** A plan with these differences, and something to send. */
  private static Plan plan(List<Difference> differences) {
    return new Plan(
        differences.stream().map(Difference::path).distinct().toList(),
        differences,
        new TreeMap<>(Map.of("Timeout", Value.number(9))),
        List.of(),
        false);
  }

  private static LambdaFunctionConfigStatus write(
      @Nullable LambdaFunctionConfigStatus previous,
      long generation,
      Decision decision,
      @Nullable Plan plan) {
    LambdaFunctionConfigStatus next = new LambdaFunctionConfigStatus();
    next.drift = previous == null ? null : previous.drift;
    Conditions conditions =
        new Conditions(previous == null ? null : previous.conditions, generation, Instant.EPOCH);
    new DriftFacts(previous, generation).write(conditions, decision, plan, next);
    next.conditions = conditions.list();
    return next;
  }

  private static String drifted(LambdaFunctionConfigStatus status) {
    StatusCondition condition =
        requireNonNull(Conditions.find(status.conditions, Conditions.DRIFTED));
    return condition.status() + " " + condition.reason() + " " + condition.message();
  }
}
