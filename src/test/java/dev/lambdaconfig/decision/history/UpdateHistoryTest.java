package dev.lambdaconfig.decision.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.UpdateRecord;
import dev.lambdaconfig.model.ObservedFunction;
import dev.lambdaconfig.plan.Baseline;
import dev.lambdaconfig.plan.Desired;
import dev.lambdaconfig.plan.TestSpecs;
import dev.lambdaconfig.plan.redaction.Redaction;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What a history makes known of the values that updates replaced or sent. */
final class UpdateHistoryTest {

  private static UpdateHistory history(UpdateRecord... records) {
    return new UpdateHistory(List.of(records));
  }

  private static UpdateRecord record(
      long generation, String field, String outcome, @Nullable String settled) {
    return new UpdateRecord(
        "2026-11-26T03:00:00Z", List.of(field), "SpecChanged", generation, "r1", outcome, settled);
  }

  @Nested
  final class OfTheBaselineOfTheVariables {

    private static final ObservedFunction FUNCTION =
        TestSpecs.function("{Timeout: 7, Environment: {Variables: {OLD: y}}}");
    private static final UpdateRecord OPEN = ended("InProgress", null);

    private final Desired desired =
        TestSpecs.desired("{timeout: 30, environment: {variables: {AA: x}}}");
    private final Baseline secured =
        Baseline.of(null).with(desired, FUNCTION).securing(desired, FUNCTION, "kept");

    private static UpdateRecord ended(String outcome, @Nullable String settled) {
      return record(1, "environment.variables", outcome, settled);
    }

    private static Baseline after(
        Baseline baseline, UpdateHistory before, UpdateHistory after, boolean refused) {
      return after.settled(baseline, before, refused);
    }

    private static List<String> shown(Baseline baseline) {
      return Objects.requireNonNull(baseline.fields()).stream()
          .map(field -> field.path() + "=" + field.value() + "/" + field.secretName())
          .toList();
    }

    @Test
    void isProvisionalWhileTheUpdateIsUnderWay() {
      assertThat(secured.isProvisional()).isTrue();
      assertThat(shown(after(secured, history(), history(OPEN), false))).isEqualTo(shown(secured));
      assertThat(after(secured, history(), history(OPEN), false).isProvisional()).isTrue();
    }

    @Test
    void isKeptForGoodOnceTheUpdateWasAccepted() {
      Baseline after = after(secured, history(OPEN), history(ended("FunctionError", "r2")), false);

      assertThat(after.isProvisional()).isFalse();
      assertThat(after.secretName()).isEqualTo("kept");
    }

    @Test
    void isDroppedIfTheUpdateWasRefusedOrNeverSent() {
      assertThat(
              shown(after(secured, history(OPEN), history(ended("InvalidParameter", "r1")), true)))
          .containsExactly("timeout=7/null");
      assertThat(shown(after(secured, history(OPEN), history(), false)))
          .containsExactly("timeout=7/null");
    }

    @Test
    void isNeverDroppedAfterAnUpdateThatWasAccepted() {
      Baseline kept = after(secured, history(OPEN), history(ended("Succeeded", "r2")), false);

      Baseline later = after(kept, history(OPEN), history(ended("InvalidParameter", "r1")), true);

      assertThat(later.secretName()).isEqualTo("kept");
    }
  }

  @Nested
  final class OfAReasonThatFollowsAnUpdateForAnEarlierSpec {

    private static final String REASON = "the extension ended with a value that nobody knows now";

    private static String cleaned(UpdateRecord... records) {
      return Redaction.of(null, null)
          .withholdingReasons(history(records).mayRepeatUnknownValues(2))
          .cleanReason(REASON);
    }

    @Test
    void isWithheldWhereThatSentTheEnvironment() {
      assertThat(cleaned(record(1, "environment.variables", "FunctionError", "r2")))
          .isEqualTo(Redaction.WITHHELD_UNKNOWN);
      assertThat(
              cleaned(
                  record(2, "timeout", "InvalidParameterValueException", "r1"),
                  record(1, "environment.variables", "InProgress", "")))
          .isEqualTo(Redaction.WITHHELD_UNKNOWN);
    }

    @Test
    void isReportedWhereItsValuesAreKnownOrWereNeverTaken() {
      assertThat(cleaned()).isEqualTo(REASON);
      assertThat(cleaned(record(1, "timeout", "FunctionError", "r2"))).isEqualTo(REASON);
      assertThat(cleaned(record(2, "environment.variables", "FunctionError", "r2")))
          .isEqualTo(REASON);
      assertThat(
              cleaned(record(1, "environment.variables", "InvalidParameterValueException", "r1")))
          .isEqualTo(REASON);
      assertThat(
              cleaned(
                  record(2, "timeout", "Succeeded", "r3"),
                  record(1, "environment.variables", "FunctionError", "r2")))
          .isEqualTo(REASON);
    }
  }
}
