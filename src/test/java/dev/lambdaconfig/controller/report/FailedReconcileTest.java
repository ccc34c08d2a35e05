package dev.lambdaconfig.controller.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lambdaconfig.controller.state.Gate;
import dev.lambdaconfig.controller.state.ManagedResource;
import dev.lambdaconfig.controller.state.Step;
import dev.lambdaconfig.controller.state.Verdict;
import dev.lambdaconfig.decision.Decision;
import dev.lambdaconfig.decision.history.Cause;
import dev.lambdaconfig.kube.status.InMemoryStatusStore;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A reconcile that the API server keeps from its end: it counts, and its failure is thrown. */
final class FailedReconcileTest {

  private final List<ReconcileOutcome> counted = new ArrayList<>();
  private final InMemoryStatusStore statuses = new InMemoryStatusStore();
  private final StatusReporter reporter = Reporters.of(statuses, new Counting());
  private final ManagedResource resource = new ManagedResource("{timeout: 9}");
  private final KubernetesClientException failure =
      new KubernetesClientException("in trouble", 500, null);
  private final Gate failing =
      (reconciliation, step) -> {
        throw failure;
      };

  @Test
  void aGateThatThrowsEndsItWithTheStepBefore() {
    // Given
    Step planned = resource.planned("{Timeout: 3}");

    // When
    Verdict verdict =
        Gate.allOf(List.of((reconciliation, step) -> Verdict.pass(planned), failing))
            .check(resource.reconciliation(), resource.start());

    // Then
    assertThat(verdict).isEqualTo(Verdict.failed(planned, failure));
  }

  @Test
  void itCountsAsTriedAgainWhereNothingElseCameOfIt() {
    assertThatItIsThrown(resource.planned("{Timeout: 3}"));
    assertThat(counted).containsExactly(ReconcileOutcome.Retry);
  }

  @Test
  void itCountsAsWhatItCameTo() {
    assertThatItIsThrown(resource.start().decided(new Decision.InSync(Duration.ofHours(1))));
    assertThat(counted).containsExactly(ReconcileOutcome.InSync);
  }

  private void assertThatItIsThrown(Step step) {
    Verdict verdict = Verdict.pass(step).then(resource.reconciliation(), failing);
    assertThatThrownBy(() -> reporter.report(resource.reconciliation(), verdict)).isSameAs(failure);
    assertThat(statuses.written).isEmpty();
  }

  private final class Counting implements ReconcileListener {
    @Override
    public void decided(ReconcileOutcome outcome) {
      counted.add(outcome);
    }

    @Override
    public void ended(Duration took, boolean failed) {}

    @Override
    public void updateEnded(@Nullable Cause cause, UpdateOutcome outcome) {}

    @Override
    public void driftSettled(Duration after) {}
  }
}
