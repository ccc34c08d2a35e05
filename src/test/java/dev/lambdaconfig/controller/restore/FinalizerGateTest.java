package dev.lambdaconfig.controller.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.BaselineField;
import dev.lambdaconfig.controller.state.ConflictBackoff;
import dev.lambdaconfig.controller.state.ManagedResource;
import dev.lambdaconfig.controller.state.Step;
import dev.lambdaconfig.controller.state.Verdict;
import dev.lambdaconfig.decision.Decision;
import dev.lambdaconfig.decision.OperatorMode;
import dev.lambdaconfig.decision.Requeue;
import dev.lambdaconfig.decision.history.Cause;
import dev.lambdaconfig.decision.history.DesiredVersion;
import dev.lambdaconfig.decision.history.UpdateHistory;
import dev.lambdaconfig.kube.InMemoryKubernetes;
import dev.lambdaconfig.kube.RestoreFinalizer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When the finalizer is added or comes back, and what the update waits for. */
final class FinalizerGateTest {

  private static final String RESTORE = "{timeout: 9, deletionPolicy: Restore}";
  private static final List<BaselineField> BASELINE =
      List.of(new BaselineField("timeout", 3L, null));

  private final InMemoryKubernetes kubernetes = new InMemoryKubernetes();
  private final ManagedResource resource = new ManagedResource(RESTORE);

  @Test
  void itIsAddedBeforeTheFirstUpdateWhichWaitsForTheWatch() {
    // When
    Verdict verdict = check(resource, resource.planned("{Timeout: 3}"));

    // Then
    assertThat(kubernetes.finalizers).containsExactly(RestoreFinalizer.NAME);
    assertThat(delay(verdict)).isPositive();
  }

  @Test
  void theUpdateIsSentOnceTheWatchShowsIt() {
    // Given
    resource.resource.addFinalizer(RestoreFinalizer.NAME);
    Step planned = resource.planned("{Timeout: 3}");

    // Then
    assertThat(check(resource, planned)).isEqualTo(Verdict.pass(planned));
    assertThat(kubernetes.requests).isEmpty();
  }

  @Test
  void aWatchThatLagsIsWaitedForLongerEachTime() {
    // Given
    Step planned = resource.planned("{Timeout: 3}");

    // When
    Duration first = delay(check(resource, planned));
    Duration second = delay(check(resource, planned));

    // Then
    assertThat(second).isGreaterThan(first);
  }

  @Test
  void aResourceThatNeedsNoUpdateGetsNone() {
    // Given
    Step inSync = resource.start().decided(new Decision.InSync(Duration.ofMinutes(10)));

    // Then
    assertThat(check(resource, inSync)).isEqualTo(Verdict.pass(inSync));
    assertThat(kubernetes.requests).isEmpty();
  }

  @Test
  void neitherDoesOneOfWhichNothingIsToBeRestored() {
    // Given
    ManagedResource retained = new ManagedResource("{timeout: 9}");
    ManagedResource deleted = new ManagedResource(RESTORE).deleted();

    // Then
    for (ManagedResource left : List.of(retained, deleted)) {
      Step planned = left.planned("{Timeout: 3}");
      assertThat(check(left, planned)).isEqualTo(Verdict.pass(planned));
    }
    Step planned = resource.planned("{Timeout: 3}");
    assertThat(gate(OperatorMode.OBSERVE).check(resource.reconciliation(), planned))
        .isEqualTo(Verdict.pass(planned));
    assertThat(kubernetes.requests).isEmpty();
  }

  /** Observed or retained for a while, or replaced by a writer that knows no finalizers. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void oneThatWasTakenOffAfterAnUpdateComesBackWithoutAnother(boolean isInHistory) {
    // Given
    updated(resource, isInHistory);

    // When
    Verdict verdict = checkUpdated(resource, OperatorMode.ENFORCE);

    // Then
    assertThat(kubernetes.finalizers).containsExactly(RestoreFinalizer.NAME);
    assertThat(delay(verdict)).isPositive();
  }

  @Test
  void itComesBackToNoResourceWithoutUpdateOrBaseline() {
    // Given
    ManagedResource without = new ManagedResource(RESTORE);
    without.status.lastAppliedTime = ManagedResource.NOW.toString();
    resource.status.baseline = BASELINE;

    // Then
    for (ManagedResource left : List.of(resource, without)) {
      assertThat(checkUpdated(left, OperatorMode.ENFORCE)).isInstanceOf(Verdict.Pass.class);
    }
    assertThat(kubernetes.requests).isEmpty();
  }

  @Test
  void norToOneThatHasItOrOfWhichNothingIsToBeRestored() {
    // Given
    ManagedResource retained = new ManagedResource("{timeout: 9}");
    ManagedResource observing =
        new ManagedResource("{timeout: 9, mode: Observe, deletionPolicy: Restore}");
    ManagedResource deleted = new ManagedResource(RESTORE).deleted();
    ManagedResource held = new ManagedResource(RESTORE);
    held.resource.addFinalizer(RestoreFinalizer.NAME);

    // Then
    for (ManagedResource left : List.of(retained, observing, deleted, held)) {
      updated(left, true);
      assertThat(checkUpdated(left, OperatorMode.ENFORCE)).isInstanceOf(Verdict.Pass.class);
    }
    updated(resource, true);
    assertThat(checkUpdated(resource, OperatorMode.OBSERVE)).isInstanceOf(Verdict.Pass.class);
    assertThat(kubernetes.requests).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 409, 422})
  void aResourceThatChangedOrWentMeanwhileIsLookedAtAgain(int code) {
    // Given
    kubernetes.refusal = code;

    // Then
    assertThat(delay(check(resource, resource.planned("{Timeout: 3}")))).isPositive();
  }

  @Test
  void aMissingRightIsStalledByNameAndNoUpdateSent() {
    // Given
    kubernetes.refusal = 403;

    // When
    Verdict verdict = check(resource, resource.planned("{Timeout: 3}"));

    // Then
    assertThat(verdict).isInstanceOf(Verdict.Decide.class);
    assertThat(verdict.step().decision())
        .isInstanceOfSatisfying(
            Decision.Stalled.class,
            stalled -> {
              assertThat(stalled.reason()).isEqualTo("RestoreForbidden");
              assertThat(stalled.message())
                  .contains("patch lambdafunctionconfigs.lambdaconfig.dev in namespace team-a")
                  .contains("deletionPolicy: Retain");
            });
  }

  @Test
  void anotherFailureEndsTheReconcileWithAllThatItKnows() {
    // Given
    kubernetes.refusal = 500;
    Step planned = resource.planned("{Timeout: 3}");

    // When
    Verdict verdict = check(resource, planned);

    // Then
    assertThat(verdict).isInstanceOf(Verdict.Failed.class);
    assertThat(verdict.step()).isSameAs(planned);
  }

  private static void updated(ManagedResource updated, boolean isInHistory) {
    updated.status.baseline = BASELINE;
    if (isInHistory) {
      updated.status.history =
          UpdateHistory.NONE
              .opened(
                  List.of("timeout"),
                  Cause.SpecChanged,
                  DesiredVersion.of(1),
                  "r0",
                  ManagedResource.NOW)
              .records();
    } else {
      updated.status.lastAppliedTime = ManagedResource.NOW.toString();
    }
  }

  private Verdict checkUpdated(ManagedResource checked, OperatorMode mode) {
    return gate(mode).afterUpdates().check(checked.reconciliation(), checked.start());
  }

  private Verdict check(ManagedResource checked, Step step) {
    return gate(OperatorMode.ENFORCE).check(checked.reconciliation(), step);
  }

  private FinalizerGate gate(OperatorMode mode) {
    return new FinalizerGate(
        new RestoreFinalizer(kubernetes.client), mode, new ConflictBackoff(() -> 1));
  }

  private static Duration delay(Verdict verdict) {
    assertThat(verdict).isInstanceOf(Verdict.LookAgain.class);
    Requeue requeue = ((Verdict.LookAgain) verdict).requeue();
    assertThat(requeue).isInstanceOf(Requeue.After.class);
    return ((Requeue.After) requeue).delay();
  }
}
