package dev.lambdaconfig.decision.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.UpdateRecord;
import dev.lambdaconfig.plan.redaction.Redaction;
import java.util.List;
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
  final class OfAReasonThatFollowsAnUpdateForAnEarlierSpec {

    private static final String REASON = "the extension ended with a value that nobody knows now";

    private static String cleaned(UpdateRecord... records) {
      return Redaction.of(null, null)
          .withholdingReasons(history(records).mayRepeatUnknownValues(DesiredVersion.of(2)))
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

  @Nested
  final class TheCauseOfAnOpenUpdate {

    private static final List<String> FIELDS = List.of("timeout");

    private final UpdateHistory open = history(record(3, "timeout", "InProgress", null));

    @Test
    void isKnownForTheSameUpdateOnly() {
      assertThat(open.causeIfOpen(FIELDS, DesiredVersion.of(3), "r1")).isEqualTo(Cause.SpecChanged);
      assertThat(open.causeIfOpen(FIELDS, DesiredVersion.of(3), "r2")).isNull();
      assertThat(open.causeIfOpen(FIELDS, DesiredVersion.of(3), null)).isNull();
      assertThat(open.causeIfOpen(FIELDS, DesiredVersion.of(4), "r1")).isNull();
      assertThat(open.causeIfOpen(List.of("handler"), DesiredVersion.of(3), "r1")).isNull();
    }

    @Test
    void isUnknownOnceItHasEndedOrIfThereWasNone() {
      assertThat(
              history(record(3, "timeout", "Succeeded", "r2"))
                  .causeIfOpen(FIELDS, DesiredVersion.of(3), "r1"))
          .isNull();
      assertThat(history().causeIfOpen(FIELDS, DesiredVersion.of(3), "r1")).isNull();
    }
  }

  @Nested
  final class TheUpdatesOfASpec {

    @Test
    void wereSentIfAwsAcceptedThem() {
      UpdateHistory history =
          history(
              record(2, "timeout", "Succeeded", "r3"),
              record(2, "handler", "InvalidParameterValueException", "r1"),
              record(1, "memorySize", "Succeeded", "r2"));

      assertThat(history.hasSent("timeout", 2)).isTrue();
      assertThat(history.hasSent("timeout", 1)).isFalse();
      assertThat(history.hasSent("memorySize", 1)).isTrue();
      assertThat(history.hasSent("memorySize", 2)).isFalse();
      assertThat(history.hasSent("handler", 2)).isFalse();
    }

    @Test
    void failedWithACodeUntilOneTookEffect() {
      UpdateRecord refused = record(2, "timeout", "InvalidParameterValueException", "r1");
      UpdateRecord other = record(2, "timeout", "ValidationException", "r1");
      UpdateRecord done = record(2, "timeout", "Succeeded", "r3");

      String code = "InvalidParameterValueException";
      assertThat(history(refused).failedWith(code)).isEqualTo(refused);
      assertThat(history(other, refused).failedWith(code)).isEqualTo(refused);
      assertThat(history(other).failedWith(code)).isNull();
      assertThat(history(done, refused).failedWith(code)).isNull();
      assertThat(history().failedWith(code)).isNull();
    }
  }

  @Nested
  final class AnUpdateThatHasEnded {

    private final UpdateRecord open = record(2, "timeout", "InProgress", null);
    private final UpdateRecord older = record(1, "handler", "Succeeded", "r1");

    @Test
    void isFoundByItsTimeFieldsAndPlan() {
      UpdateRecord ended = record(2, "timeout", "Succeeded", "r2");
      UpdateHistory before = history(open, older);

      assertThat(history(ended, older).endedSince(before)).isEqualTo(ended);
      assertThat(history(record(3, "runtime", "InProgress", null), ended).endedSince(before))
          .isEqualTo(ended);
    }

    @Test
    void isNoneWhileItIsOpenOrAfterItWasDropped() {
      UpdateHistory before = history(open, older);

      assertThat(history(open, older).endedSince(before)).isNull();
      assertThat(history(older).endedSince(before)).isNull();
      assertThat(history(older).endedSince(history(older))).isNull();
      assertThat(history(moved("2026-11-26T03:00:01Z", "timeout", "r1")).endedSince(before))
          .isNull();
      assertThat(history(moved(TIME, "handler", "r1")).endedSince(before)).isNull();
      assertThat(history(moved(TIME, "timeout", "r9")).endedSince(before)).isNull();
    }

    private static final String TIME = "2026-11-26T03:00:00Z";

    private static UpdateRecord moved(String time, String field, String planned) {
      return new UpdateRecord(time, List.of(field), "SpecChanged", 2L, planned, "Succeeded", "r2");
    }
  }
}
