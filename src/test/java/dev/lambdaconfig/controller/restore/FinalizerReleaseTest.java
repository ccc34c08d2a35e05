package dev.lambdaconfig.controller.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.controller.report.ChangeReporter;
import dev.lambdaconfig.controller.state.ManagedResource;
import dev.lambdaconfig.controller.state.Verdict;
import dev.lambdaconfig.decision.Decision;
import dev.lambdaconfig.decision.Requeue;
import dev.lambdaconfig.kube.InMemoryKubernetes;
import dev.lambdaconfig.kube.RecordedEvents;
import dev.lambdaconfig.kube.RestoreFinalizer;
import dev.lambdaconfig.status.NextStatus;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When the finalizer is taken off, and what is reported with it. */
final class FinalizerReleaseTest {

  private static final String RESTORE = "{timeout: 9, deletionPolicy: Restore}";

  private final InMemoryKubernetes kubernetes = new InMemoryKubernetes();
  private final RecordedEvents events = new RecordedEvents();
  private final FinalizerRelease release =
      new FinalizerRelease(new RestoreFinalizer(kubernetes.client), new ChangeReporter(events));
  private final ManagedResource deleted =
      new ManagedResource(RESTORE).deleted(RestoreFinalizer.NAME);

  @BeforeEach
  void isOn() {
    kubernetes.finalizers.addAll(List.of("example.com/other", RestoreFinalizer.NAME));
  }

  @Test
  void aResourceThatRestoresKeepsItsFinalizer() {
    // Given
    ManagedResource kept = new ManagedResource(RESTORE);
    kept.resource.addFinalizer(RestoreFinalizer.NAME);

    // Then
    assertThat(release.check(kept.reconciliation(), kept.start())).isInstanceOf(Verdict.Pass.class);
    assertThat(kubernetes.patches).isZero();
  }

  @Test
  void itIsTakenOffWhereNothingIsToBePutBackAnyMore() {
    // Given
    ManagedResource retained = new ManagedResource("{timeout: 9}");
    retained.resource.addFinalizer(RestoreFinalizer.NAME);

    // When
    Verdict verdict = release.check(retained.reconciliation(), retained.start());

    // Then
    assertThat(verdict)
        .isInstanceOfSatisfying(
            Verdict.LookAgain.class,
            again -> assertThat(again.requeue()).isInstanceOf(Requeue.After.class));
    assertThat(kubernetes.finalizers).containsExactly("example.com/other");
  }

  @Test
  void aCompletedRestoreIsReportedAndTheResourceLetGo() {
    // When
    Verdict verdict =
        release.complete(deleted.reconciliation(), deleted.start(), List.of("timeout"));

    // Then
    assertThat(verdict)
        .isInstanceOfSatisfying(
            Verdict.LookAgain.class,
            again -> assertThat(again.requeue()).isEqualTo(new Requeue.OnEvent()));
    assertThat(kubernetes.finalizers).containsExactly("example.com/other");
    assertThat(events.all)
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.reason()).isEqualTo("Restored");
              assertThat(event.message()).contains("timeout");
            });
  }

  @Test
  void aRestoreThatWasNotNeededIsNotReported() {
    // When
    release.complete(deleted.reconciliation(), deleted.start(), List.of());

    // Then
    assertThat(events.all).isEmpty();
    assertThat(kubernetes.finalizers).containsExactly("example.com/other");
  }

  @Test
  void aMissingRightIsStalledByName() {
    // Given
    kubernetes.refusal = 403;

    // When
    Verdict verdict = release.release(deleted.reconciliation(), deleted.start());

    // Then
    assertThat(verdict).isInstanceOf(Verdict.Decide.class);
    assertThat(verdict.step().decision())
        .isInstanceOfSatisfying(
            Decision.Stalled.class,
            stalled -> {
              assertThat(stalled.reason()).isEqualTo(MissingRight.FORBIDDEN);
              assertThat(stalled.message()).contains("lambdafunctionconfigs").contains("team-a");
            });
  }

  @Test
  void finalizersThatChangedMeanwhileAreTriedAgain() {
    // Given
    kubernetes.refusal = 422;

    // When: the list is answered, and the patch is not
    kubernetes.refused = "patch"::equals;
    Verdict verdict = release.release(deleted.reconciliation(), deleted.start());

    // Then
    assertThat(verdict.step().decision())
        .isInstanceOfSatisfying(
            Decision.InProgress.class,
            waiting -> assertThat(waiting.reason()).isEqualTo(NextStatus.RESTORING));
  }

  @Test
  void anotherFailureEndsTheReconcileWithAllThatItKnows() {
    // Given
    kubernetes.refusal = 500;
    Verdict.Decide inSync =
        (Verdict.Decide) Verdict.decide(deleted.start(), new Decision.InSync(MissingRight.RECHECK));

    // When
    Verdict verdict = release.release(deleted.reconciliation(), inSync.step());

    // Then
    assertThat(verdict).isInstanceOf(Verdict.Failed.class);
    assertThat(verdict.step()).isSameAs(inSync.step());
  }
}
