package dev.lambdaconfig.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.api.StatusCondition;
import dev.lambdaconfig.api.UpdateRecord;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What happened between two statuses is told once, and in words that name no value. */
final class NoticesTest {

  @Test
  void nothingHappenedBetweenEqualStatuses() {
    for (LambdaFunctionConfigStatus status :
        List.of(
            status(List.of(drifted("differs in timeout")), record("DriftCorrected", "InProgress")),
            status(List.of(stalled("AccessDenied", "no")), record("SpecChanged", "AccessDenied")),
            status(List.of(), record("SpecChanged", "Succeeded")))) {
      assertThat(Notices.between(status, status)).isEmpty();
    }
  }

  @Test
  void anUpdateThatEndsIsReportedByItsOutcome() {
    var open = status(List.of(), record("SpecChanged", "InProgress"));

    assertThat(Notices.between(open, status(List.of(), record("SpecChanged", "Succeeded"))))
        .containsExactly(Notice.normal("UpdateSucceeded", "updated timeout"));
    assertThat(Notices.between(open, status(List.of(), record("SpecChanged", "NotApplied"))))
        .containsExactly(
            Notice.warning("UpdateFailed", "the update of timeout failed: NotApplied"));
  }

  @Test
  void anUpdateThatWasNeverAppliedIsNotReported() {
    var open = status(List.of(), record("SpecChanged", "InProgress"));

    assertThat(Notices.between(open, status(List.of(), null))).isEmpty();
  }

  @Test
  void aSuspensionIsReportedOnceHoweverOftenTheSpecChangesMeanwhile() {
    var kept = status(List.of(), null);
    var suspended = NextStatus.after(kept, 2, Instant.EPOCH).suspended();
    var changed = NextStatus.after(suspended, 3, Instant.EPOCH).suspended();

    assertThat(Notices.between(null, suspended))
        .isEqualTo(Notices.between(kept, suspended))
        .extracting(Notice::reason)
        .containsExactly("Suspended");
    assertThat(Notices.between(suspended, changed)).isEmpty();
  }

  @Test
  void driftIsToldWhenItIsFoundAndWhenItIsAnother() {
    var before = status(List.of(), null);
    var found =
        status(List.of(drifted("differs in timeout")), record("DriftCorrected", "InProgress"));
    var another =
        status(List.of(drifted("differs in role")), record("DriftCorrected", "InProgress"));

    assertThat(Notices.between(before, found))
        .containsExactly(Notice.warning("DriftDetected", "differs in timeout"));
    assertThat(Notices.between(found, another))
        .contains(Notice.warning("DriftDetected", "differs in role"));
  }

  @Test
  void aNewSpecIsNoDrift() {
    var changed =
        status(List.of(drifted("differs in timeout")), record("SpecChanged", "InProgress"));

    assertThat(Notices.between(status(List.of(), null), changed)).isEmpty();
  }

  @Test
  void driftThatIsOnlyObservedIsReportedAsWell() {
    var observed =
        status(
            List.of(condition("Ready", "True", "Observed", ""), drifted("differs in timeout")),
            null);

    assertThat(Notices.between(null, observed))
        .containsExactly(Notice.warning("DriftDetected", "differs in timeout"));
  }

  @Test
  void aResourceThatStallsIsReportedOnceForEachReason() {
    var denied = status(List.of(stalled("AccessDenied", "no")), null);
    var conflict = status(List.of(stalled("Conflict", "older")), null);

    assertThat(Notices.between(null, denied))
        .containsExactly(Notice.warning("Stalled", "AccessDenied: no"));
    assertThat(Notices.between(denied, status(List.of(stalled("AccessDenied", "still no")), null)))
        .isEmpty();
    assertThat(Notices.between(denied, conflict))
        .containsExactly(Notice.warning("Conflict", "older"));
  }

  private static LambdaFunctionConfigStatus status(
      List<StatusCondition> conditions, @Nullable UpdateRecord newest) {
    LambdaFunctionConfigStatus status = new LambdaFunctionConfigStatus();
    status.conditions = conditions;
    status.history = newest == null ? null : List.of(newest);
    return status;
  }

  private static UpdateRecord record(String cause, String outcome) {
    return new UpdateRecord(
        "2026-11-23T12:00:00Z", List.of("timeout"), cause, 1L, "r1", outcome, null);
  }

  private static StatusCondition drifted(String message) {
    return condition("Drifted", "True", "Differs", message);
  }

  private static StatusCondition stalled(String reason, String message) {
    return condition("Stalled", "True", reason, message);
  }

  private static StatusCondition condition(
      String type, String status, String reason, String message) {
    return new StatusCondition(type, status, 1L, "2026-11-23T12:00:00Z", reason, message);
  }
}
