package dev.lambdaconfig.controller.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.UpdateRecord;
import dev.lambdaconfig.controller.state.ManagedResource;
import dev.lambdaconfig.controller.state.Step;
import dev.lambdaconfig.decision.Decision;
import dev.lambdaconfig.decision.Judgement;
import dev.lambdaconfig.decision.history.Cause;
import dev.lambdaconfig.decision.history.DesiredVersion;
import dev.lambdaconfig.decision.history.RetryState;
import dev.lambdaconfig.decision.history.UpdateHistory;
import dev.lambdaconfig.kube.RecordedEvents;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.plan.TestSpecs;
import dev.lambdaconfig.status.Notice;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which running updates are reported as such, and that each is reported once. */
final class LongUpdateTest {

  private static final Instant SENT = ManagedResource.NOW;
  private static final Decision RUNNING =
      new Decision.InProgress("UpdateInProgress", "", Duration.ofSeconds(5));
  private static final UpdateRecord OPEN =
      new UpdateRecord(
          SENT.toString(), List.of("timeout"), "SpecChanged", 1L, "r1", "InProgress", null);
  private static final RetryState ACCEPTED = RetryState.NONE.accepted(null, SENT, OPEN);

  private final ManagedResource resource = new ManagedResource("{timeout: 9}");
  private final RecordedEvents events = new RecordedEvents();
  private final ChangeReporter changes = new ChangeReporter(events);

  @Test
  void anUpdateIsLongOnceItHasRunForTenSeconds() {
    Step running = step(RUNNING, OPEN, ACCEPTED, "r2");

    assertThat(LongUpdate.in(running, SENT.plusMillis(9_999))).isNull();
    assertThat(LongUpdate.in(running, SENT.plusSeconds(10))).isEqualTo(OPEN);
  }

  @Test
  void theTimeForWhichAnUpdateWaitedBeforeItWasSentDoesNotCount() {
    RetryState later = RetryState.NONE.accepted(null, SENT.plusSeconds(60), OPEN);

    assertThat(LongUpdate.in(step(RUNNING, OPEN, later, "r2"), SENT.plusSeconds(65))).isNull();
    assertThat(LongUpdate.in(step(RUNNING, OPEN, later, "r2"), SENT.plusSeconds(70))).isNotNull();
  }

  @Test
  void afterARestartTheAnnouncementCountsIfTheFunctionHasChangedSince() {
    Instant now = SENT.plusSeconds(10);

    assertThat(LongUpdate.in(step(RUNNING, OPEN, RetryState.NONE, "r2"), now)).isEqualTo(OPEN);
    assertThat(LongUpdate.in(step(RUNNING, OPEN, RetryState.NONE, "r1"), now))
        .as("what runs is of somebody else")
        .isNull();
  }

  @Test
  void anUpdateThatAnotherOneFollowedDoesNotRunAnyMore() {
    RetryState answered = RetryState.NONE.accepted("2026-01-01T00:00:05.000+0000", SENT, OPEN);
    Instant now = SENT.plusSeconds(60);

    assertThat(LongUpdate.in(modified(answered, "2026-01-01T00:00:05.000+0000"), now))
        .isEqualTo(OPEN);
    assertThat(LongUpdate.in(modified(answered, "2026-01-01T00:00:09.000+0000"), now)).isNull();
  }

  @Test
  void anythingElseIsNoLongUpdate() {
    Instant now = SENT.plusSeconds(60);
    UpdateRecord noTime =
        new UpdateRecord("yesterday", List.of(), null, null, null, "InProgress", null);

    assertThat(LongUpdate.in(Steps.START, now)).isNull();
    assertThat(LongUpdate.in(step(RUNNING, null, ACCEPTED, "r2"), now)).isNull();
    assertThat(LongUpdate.in(step(new Decision.InSync(Duration.ZERO), OPEN, ACCEPTED, "r2"), now))
        .isNull();
    assertThat(LongUpdate.in(step(RUNNING, noTime, RetryState.NONE, "r2"), now)).isNull();
  }

  @Test
  void eachPollFindsALongUpdateAndOneEventReportsIt() {
    // When
    for (int seconds = 5; seconds < 60; seconds += 5) {
      changes.stillRunning(
          resource.at(SENT.plusSeconds(seconds)).reconciliation(),
          step(RUNNING, OPEN, ACCEPTED, "r2"));
    }

    // Then
    assertThat(events.all)
        .containsExactly(
            new Notice(false, Notice.UPDATE_STARTED, "updating timeout (SpecChanged)"));
    assertThat(events.keys).containsExactly("uid-of-t-started-" + SENT);
  }

  @Test
  void theNextUpdateIsReportedToo() {
    // Given
    Instant later = SENT.plusSeconds(60);
    changes.stillRunning(
        resource.at(SENT.plusSeconds(20)).reconciliation(), step(RUNNING, OPEN, ACCEPTED, "r2"));
    UpdateHistory next =
        new UpdateHistory(List.of(OPEN))
            .opened(List.of("layers"), Cause.DriftCorrected, DesiredVersion.of(1), "r3", later);

    // When
    changes.stillRunning(
        resource.at(later.plusSeconds(20)).reconciliation(),
        step(RUNNING, next.open(), RetryState.NONE.accepted(null, later, next.open()), "r4"));

    // Then
    assertThat(events.all)
        .extracting(Notice::message)
        .containsExactly("updating timeout (SpecChanged)", "updating layers (DriftCorrected)");
    assertThat(events.keys).doesNotHaveDuplicates();
  }

  private static Step modified(RetryState retryState, String lastModified) {
    return running(
        RUNNING, OPEN, retryState, "{RevisionId: r3, LastModified: '" + lastModified + "'}");
  }

  private static Step step(
      Decision decision, @Nullable UpdateRecord open, RetryState retryState, String revision) {
    return running(decision, open, retryState, "{RevisionId: " + revision + "}");
  }

  private static Step running(
      Decision decision, @Nullable UpdateRecord open, RetryState retryState, String members) {
    return Steps.START.answered(
        new Answer.Described(TestSpecs.function(members)),
        new Judgement(
            decision,
            null,
            open == null ? UpdateHistory.NONE : new UpdateHistory(List.of(open)),
            retryState));
  }
}
