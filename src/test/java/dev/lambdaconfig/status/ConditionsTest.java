package dev.lambdaconfig.status;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.StatusCondition;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The conditions of a status, in the form that Kubernetes accepts. */
final class ConditionsTest {

  private static final Instant T0 = Instant.parse("2026-11-26T03:00:00.9Z");
  private static final Instant T1 = T0.plusSeconds(60);

  @Test
  void aConditionHasTheTimeOfItsLastChangeOfStatus() {
    // Given
    List<StatusCondition> before = at(T0, null).set("Ready", "False", "A", "a").list();

    // When
    StatusCondition same = ready(at(T1, before).set("Ready", "False", "B", "b").list());
    StatusCondition other = ready(at(T1, before).set("Ready", "True", "B", "b").list());

    // Then
    assertThat(same.lastTransitionTime()).isEqualTo("2026-11-26T03:00:00Z");
    assertThat(same.reason()).isEqualTo("B");
    assertThat(other.lastTransitionTime()).isEqualTo("2026-11-26T03:01:00Z");
  }

  @Test
  void aConditionIsCarriedOverForTheGenerationOfNow() {
    // Given
    List<StatusCondition> before = at(T0, null).set("Ready", "False", "A", "a").list();

    // When
    List<StatusCondition> kept = new Conditions(before, 2L, T1).keep("Ready").list();

    // Then
    assertThat(kept)
        .containsExactly(
            new StatusCondition("Ready", "False", 2L, "2026-11-26T03:00:00Z", "A", "a"));
    assertThat(at(T1, null).keep("Ready").list()).isEmpty();
  }

  @Test
  void conditionsHaveOneOrder() {
    assertThat(
            at(T0, null)
                .set(Conditions.SUSPENDED, "True", "A", "")
                .set(Conditions.DRIFTED, "True", "A", "")
                .set("Ready", "True", "A", "")
                .list())
        .extracting(StatusCondition::type)
        .containsExactly("Ready", Conditions.DRIFTED, Conditions.SUSPENDED);
  }

  @ParameterizedTest
  @CsvSource({"'Internal.Error!', InternalError", "503, Aws503", "'', Aws", "_x, Aws_x"})
  void aReasonBecomesOneThatKubernetesAccepts(String code, String reason) {
    assertThat(ready(at(T0, null).set("Ready", "False", code, "").list()).reason())
        .isEqualTo(reason);
  }

  @Test
  void reasonAndMessageAreAsLongAsKubernetesAccepts() {
    // When
    StatusCondition condition =
        ready(at(T0, null).set("Ready", "False", "A".repeat(1025), "m".repeat(32769)).list());

    // Then
    assertThat(condition.reason()).hasSize(1024);
    assertThat(condition.message()).hasSize(32768);
  }

  @Test
  void aTextIsNotCutWithinACharacter() {
    // When
    String text = "m".repeat(32767) + "\uD83D\uDE00";
    StatusCondition condition = ready(at(T0, null).set("Ready", "False", "A", text).list());

    // Then
    assertThat(condition.message()).hasSize(32767).doesNotContain("\uD83D");
  }

  private static Conditions at(Instant now, @Nullable List<StatusCondition> before) {
    return new Conditions(before, 1L, now);
  }

  private static StatusCondition ready(List<StatusCondition> conditions) {
    return requireNonNull(Conditions.find(conditions, "Ready"));
  }
}
