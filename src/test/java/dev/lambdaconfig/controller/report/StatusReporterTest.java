package dev.lambdaconfig.controller.report;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.controller.state.Reconciliation;
import dev.lambdaconfig.controller.state.Unreported;
import dev.lambdaconfig.controller.state.Verdict;
import dev.lambdaconfig.decision.Requeue;
import dev.lambdaconfig.decision.history.RetryState;
import dev.lambdaconfig.kube.ApiServerBusyException;
import dev.lambdaconfig.kube.status.StatusStore;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The status, the state and the counts at the end of a reconcile. */
final class StatusReporterTest {

  private final ReportFixture fixture = new ReportFixture();

  @Test
  void aDecisionIsWrittenRememberedAndCounted() {
    // When
    ReconcileReport report =
        fixture.reporter.report(
            fixture.reconciliation(), ReportFixture.decided(ReportFixture.IN_SYNC));

    // Then
    assertThat(fixture.statuses.written).hasSize(1);
    assertThat(report.requeue()).isEqualTo(new Requeue.After(ReportFixture.DELAY));
    assertThat(fixture.counted).containsExactly("InSync");
    assertThat(fixture.reported).containsExactly("uid");
    assertThat(fixture.recalled()).isEqualTo(ReportFixture.LEARNED);
  }

  @Test
  void whatMeetsANewerVersionIsNeitherRememberedNorReported() {
    // Given
    fixture.statuses.answer = StatusStore.Written.STALE;

    // When
    ReconcileReport first =
        fixture.reporter.report(
            fixture.reconciliation(), ReportFixture.decided(ReportFixture.IN_SYNC));
    ReconcileReport second =
        fixture.reporter.report(
            fixture.reconciliation(), ReportFixture.decided(ReportFixture.IN_SYNC));

    // Then
    assertThat(first.requeue()).isEqualTo(new Requeue.After(Duration.ofMillis(500)));
    assertThat(second.requeue()).isEqualTo(new Requeue.After(Duration.ofSeconds(1)));
    assertThat(fixture.reported).isEmpty();
    assertThat(fixture.recalled()).isEqualTo(RetryState.NONE);
  }

  @Test
  void aResourceThatIsGoneIsNotRequeued() {
    // Given
    fixture.statuses.answer = StatusStore.Written.GONE;

    // Then
    assertThat(
            fixture
                .reporter
                .report(fixture.reconciliation(), ReportFixture.decided(ReportFixture.IN_SYNC))
                .requeue())
        .isEqualTo(new Requeue.OnEvent());
  }

  @Test
  void aVerdictThatCouldNotBeWrittenIsKeptAndCountedOnceItIs() {
    // Given
    fixture.statuses.answer = StatusStore.Written.BUSY;
    fixture.reporter.report(fixture.reconciliation(), ReportFixture.decided(ReportFixture.IN_SYNC));
    assertThat(fixture.counted).isEmpty();
    Unreported kept = requireNonNull(fixture.state.takeUnreported());

    // When
    fixture.statuses.answer = StatusStore.Written.DONE;
    Reconciliation now = kept.reconciliation().of(ReportFixture.resource());
    boolean holds = fixture.reporter.stillHolds(kept, now);
    fixture.reporter.report(now, new Verdict.Decide(kept.step()));

    // Then
    assertThat(holds).isTrue();
    assertThat(fixture.counted).containsExactly("InSync");
  }

  @Test
  void itIsKeptForTenSecondsAndForTheSameSpec() {
    // Given
    fixture.statuses.answer = StatusStore.Written.BUSY;
    fixture.reporter.report(fixture.reconciliation(), ReportFixture.decided(ReportFixture.IN_SYNC));
    Unreported kept = requireNonNull(fixture.state.takeUnreported());

    // When
    LambdaFunctionConfig changed = ReportFixture.resource();
    changed.getMetadata().setGeneration(2L);
    boolean holdsForAnother = fixture.reporter.stillHolds(kept, kept.reconciliation().of(changed));
    fixture.nanos += Duration.ofSeconds(11).toNanos();
    boolean holdsLater =
        fixture.reporter.stillHolds(kept, kept.reconciliation().of(ReportFixture.resource()));

    // Then
    assertThat(holdsForAnother).isFalse();
    assertThat(holdsLater).isFalse();
  }

  @Test
  void anApiServerWithoutTimeIsPassedOnAndTheVerdictKept() {
    // Given
    fixture.statuses.failure =
        new ApiServerBusyException(new KubernetesClientException("busy", 429, null));

    // When
    assertThatThrownBy(
            () ->
                fixture.reporter.report(
                    fixture.reconciliation(), ReportFixture.decided(ReportFixture.IN_SYNC)))
        .isInstanceOf(ApiServerBusyException.class);

    // Then
    assertThat(fixture.state.takeUnreported()).isNotNull();
    assertThat(fixture.counted).isEmpty();
  }

  @Test
  void aCallThatWaitsForItsGrantIsPostponedAndItsStateRemembered() {
    // Given
    Requeue requeue = new Requeue.WhenGranted(ReportFixture.DELAY);

    // When
    ReconcileReport report =
        fixture.reporter.report(
            fixture.reconciliation(),
            Verdict.lookAgain(ReportFixture.decided(ReportFixture.IN_SYNC).step(), requeue));

    // Then
    assertThat(report.requeue()).isEqualTo(requeue);
    assertThat(fixture.counted).containsExactly("Postponed");
    assertThat(fixture.recalled()).isEqualTo(ReportFixture.LEARNED);
    assertThat(fixture.statuses.written).isEmpty();
  }
}
