package dev.lambdaconfig.controller.gate;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.StatusCondition;
import dev.lambdaconfig.controller.report.Reporters;
import dev.lambdaconfig.controller.state.ManagedResource;
import dev.lambdaconfig.controller.state.ResourceState;
import dev.lambdaconfig.controller.state.Verdict;
import dev.lambdaconfig.decision.Requeue;
import dev.lambdaconfig.kube.status.InMemoryStatusStore;
import dev.lambdaconfig.kube.status.StatusStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a suspended resource ends with, and any other one passes. */
final class SuspensionGateTest {

  private final InMemoryStatusStore statuses = new InMemoryStatusStore();
  private final List<ResourceState> unwatched = new ArrayList<>();
  private final SuspensionGate gate = new SuspensionGate(Reporters.of(statuses), unwatched::add);

  @Test
  void aSuspendedResourceIsAcknowledgedAndItsFunctionNoLongerWatched() {
    // Given
    ManagedResource suspended = new ManagedResource("{timeout: 9, suspend: true}");

    // When
    Verdict verdict = check(suspended);

    // Then
    assertThat(verdict)
        .isInstanceOfSatisfying(
            Verdict.LookAgain.class,
            again -> assertThat(again.requeue()).isEqualTo(new Requeue.OnEvent()));
    assertThat(requireNonNull(statuses.written.getFirst().conditions))
        .extracting(StatusCondition::type)
        .contains("Suspended");
    assertThat(unwatched).containsExactly(suspended.state);
  }

  @Test
  void anAcknowledgementThatMeetsANewerVersionIsWrittenSoonAgain() {
    // Given
    statuses.answer = StatusStore.Written.STALE;

    // When
    Verdict verdict = check(new ManagedResource("{timeout: 9, suspend: true}"));

    // Then
    assertThat(verdict)
        .isInstanceOfSatisfying(
            Verdict.LookAgain.class,
            again ->
                assertThat(again.requeue()).isEqualTo(new Requeue.After(Duration.ofMillis(500))));
  }

  @Test
  void aResourceThatIsNotSuspendedPassesAndStaysWatched() {
    for (String spec : List.of("{timeout: 9}", "{timeout: 9, suspend: false}")) {
      assertThat(check(new ManagedResource(spec))).isInstanceOf(Verdict.Pass.class);
    }
    assertThat(statuses.written).isEmpty();
    assertThat(unwatched).isEmpty();
  }

  @Test
  void aResourceWithoutSpecPassesToTheGateThatReportsIt() {
    // Given
    ManagedResource empty = new ManagedResource("{}");
    empty.resource.setSpec(null);

    // Then
    assertThat(check(empty)).isInstanceOf(Verdict.Pass.class);
  }

  private Verdict check(ManagedResource resource) {
    return gate.check(resource.reconciliation(), resource.start());
  }
}
