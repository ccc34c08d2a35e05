package dev.lambdaconfig.controller.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.controller.state.Reconciliation;
import dev.lambdaconfig.controller.state.Step;
import dev.lambdaconfig.controller.state.Verdict;
import dev.lambdaconfig.decision.Decision;
import dev.lambdaconfig.decision.Judgement;
import dev.lambdaconfig.decision.Requeue;
import dev.lambdaconfig.decision.history.Cause;
import dev.lambdaconfig.decision.history.DesiredVersion;
import dev.lambdaconfig.decision.history.UpdateHistory;
import dev.lambdaconfig.kube.status.StatusStore;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.plan.TestSpecs;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** An update is announced in the status, and its end is counted once. */
final class WriteAheadTest {

  private final ReportFixture fixture = new ReportFixture();

  @Test
  void anUpdateIsAnnouncedOnceAndThenOnlySent() {
    // Given
    Step update = Steps.START.decided(ReportFixture.update(Cause.SpecChanged));
    Verdict first = fixture.reporter.writeAhead(fixture.reconciliation(), update);
    assertThat(fixture.statuses.written).hasSize(1);

    // When: it waited for its grant meanwhile
    Reconciliation queued = fixture.reconciliation(true);
    Verdict second = fixture.reporter.writeAhead(queued, update);

    // Then
    assertThat(first).isInstanceOf(Verdict.Pass.class);
    assertThat(second).isInstanceOf(Verdict.Pass.class);
    assertThat(fixture.statuses.written).hasSize(1);
    assertThat(second.step().history()).isEqualTo(UpdateHistory.of(fixture.status()));
  }

  @Test
  void anUpdateThatCannotBeAnnouncedIsNotSentAndKeepsItsPlan() {
    // Given
    fixture.statuses.answer = StatusStore.Written.BUSY;
    fixture.state.observe(seen -> seen.judged(DesiredVersion.of(1)));

    // When
    Verdict verdict =
        fixture.reporter.writeAhead(
            fixture.reconciliation(), Steps.START.decided(ReportFixture.update(Cause.SpecChanged)));

    // Then
    assertThat(verdict).isInstanceOf(Verdict.LookAgain.class);
    assertThat(fixture.state.observation().queued()).isNotNull();
    assertThat(fixture.state.observation().isAnnounced()).isFalse();
  }

  @Test
  void whatWasAnnouncedAndAcceptedAMomentAgoIsNotWrittenAgain() {
    // Given
    Answer accepted = new Answer.Described(TestSpecs.function("{Timeout: 9}"));
    Step step =
        Steps.START
            .submitted(accepted, Instant.EPOCH)
            .decided(new Decision.InProgress("UpdateInProgress", "", ReportFixture.DELAY));

    // When
    ReconcileReport report =
        fixture.reporter.report(fixture.reconciliation(), new Verdict.Decide(step));

    // Then
    assertThat(fixture.statuses.written).isEmpty();
    assertThat(report.requeue()).isEqualTo(new Requeue.After(ReportFixture.DELAY));
    assertThat(fixture.counted).containsExactly("Update");
  }

  @Test
  void anUpdateThatAwsRefusesEndsOnce() {
    // Given
    Step announced =
        fixture
            .reporter
            .writeAhead(
                fixture.reconciliation(),
                Steps.START.decided(ReportFixture.update(Cause.SpecChanged)))
            .step();
    Answer refusal =
        new Answer.Failed(new Failure("InvalidParameterValueException", "", 400, null));
    Decision.Stalled stalled =
        new Decision.Stalled("InvalidParameterValueException", "", ReportFixture.DELAY);
    Step refused =
        announced
            .submitted(refusal, Instant.EPOCH)
            .answered(
                refusal,
                new Judgement(
                    stalled,
                    ReportFixture.PLAN,
                    fixture.ended("InvalidParameterValueException"),
                    ReportFixture.LEARNED));

    // When
    fixture.reporter.report(fixture.reconciliation(), new Verdict.Decide(refused));

    // Then
    assertThat(fixture.counted).containsExactly("SpecChanged Refused", "Update");
  }

  @Test
  void anUpdateThatEndsLaterCountsWhenTheStatusSaysSo() {
    // Given
    fixture.reporter.writeAhead(
        fixture.reconciliation(), Steps.START.decided(ReportFixture.update(Cause.DriftCorrected)));
    Step settled =
        Steps.START.judged(
            new Judgement(
                ReportFixture.IN_SYNC, null, fixture.ended("Succeeded"), ReportFixture.LEARNED));
    fixture.statuses.answer = StatusStore.Written.STALE;
    fixture.reporter.report(fixture.reconciliation(), new Verdict.Decide(settled));
    assertThat(fixture.counted).as("the status does not say so yet").containsExactly("InSync");

    // When
    fixture.statuses.answer = StatusStore.Written.DONE;
    fixture.reporter.report(fixture.reconciliation(), new Verdict.Decide(settled));

    // Then
    assertThat(fixture.counted).containsExactly("InSync", "DriftCorrected Succeeded", "InSync");
  }

  @Test
  void anUpdateThatAwsAcceptedAndCouldNotCarryOutHasFailed() {
    // Given
    fixture.reporter.writeAhead(
        fixture.reconciliation(), Steps.START.decided(ReportFixture.update(Cause.Retried)));
    Decision.Stalled stalled = new Decision.Stalled("InvalidSubnet", "", ReportFixture.DELAY);
    Step failed =
        Steps.START.judged(
            new Judgement(stalled, null, fixture.ended("InvalidSubnet"), ReportFixture.LEARNED));

    // When
    fixture.reporter.report(fixture.reconciliation(), new Verdict.Decide(failed));

    // Then
    assertThat(fixture.counted).containsExactly("Retried Failed", "Stalled");
  }
}
