package dev.lambdaconfig.controller.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.controller.state.ManagedResource;
import dev.lambdaconfig.controller.state.Verdict;
import dev.lambdaconfig.decision.Decision;
import dev.lambdaconfig.decision.history.UpdateHistory;
import org.junit.jupiter.api.Test;

/** Updates of a namespace whose breaker is open or closed. */
final class BreakerGateTest {

  private final SentUpdates updates = new SentUpdates();
  private final BreakerGate gate = new BreakerGate(updates.breakers);
  private final ManagedResource resource = new ManagedResource("{timeout: 9}");

  @Test
  void anUpdatePassesWhileTheBreakerIsClosedAndTakesNoPlace() {
    for (int i = 0; i < 100; i++) {
      ManagedResource other = new ManagedResource("team-a", "other-" + i, "{timeout: 9}");
      assertThat(gate.check(other.reconciliation(), other.planned("{Timeout: 3}")))
          .isInstanceOf(Verdict.Pass.class);
    }
    assertThat(updates.breakers.tryAcquire(resource.reconciliation(), resource.planned("{}")))
        .isInstanceOf(Verdict.Pass.class);
  }

  @Test
  void anUpdateIsPausedWithTheFailureOfTheOthersAndIsNotAnnouncedAnyMore() {
    // Given
    updates.fail("team-a", 5);

    // When
    Verdict verdict =
        gate.check(
            resource.reconciliation(),
            resource.planned("{Timeout: 3}").with(SentUpdates.announced("r1")));

    // Then
    assertThat(verdict).isInstanceOf(Verdict.Decide.class);
    assertThat(verdict.step().decisionMade())
        .isInstanceOfSatisfying(
            Decision.Paused.class,
            paused -> {
              assertThat(paused.message()).contains(SentUpdates.CODE).contains("team-a");
              assertThat(paused.requeueAfter()).isPositive();
            });
    assertThat(verdict.step().history()).isEqualTo(UpdateHistory.NONE);
  }

  @Test
  void theBreakerOfAnotherNamespaceIsClosed() {
    // Given
    updates.fail("team-b", 5);

    // Then
    assertThat(gate.check(resource.reconciliation(), resource.planned("{Timeout: 3}")))
        .isInstanceOf(Verdict.Pass.class);
  }
}
