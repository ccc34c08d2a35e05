package dev.lambdaconfig.controller.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.controller.state.ManagedResource;
import dev.lambdaconfig.controller.state.Step;
import dev.lambdaconfig.controller.state.Verdict;
import dev.lambdaconfig.decision.Requeue;
import org.junit.jupiter.api.Test;

/** Updates that take one of the free places, or wait for one. */
final class ConcurrencyGateTest {

  private final SentUpdates updates = new SentUpdates();
  private final ConcurrencyGate gate = new ConcurrencyGate(updates.breakers);
  private final ManagedResource resource = new ManagedResource("{timeout: 9}");
  private final Step step = resource.planned("{Timeout: 3}");

  @Test
  void tenUpdatesOfANamespacePassAndTheNextOneLooksAgain() {
    // Given
    for (int i = 0; i < 10; i++) {
      ManagedResource other = new ManagedResource("team-a", "other-" + i, "{timeout: 9}");
      assertThat(gate.check(other.reconciliation(), other.planned("{Timeout: 3}")))
          .isInstanceOf(Verdict.Pass.class);
    }

    // When
    Verdict verdict = gate.check(resource.reconciliation(), step);

    // Then
    assertThat(verdict)
        .isInstanceOfSatisfying(
            Verdict.LookAgain.class,
            again -> assertThat(again.requeue()).isInstanceOf(Requeue.WhenGranted.class));
  }

  @Test
  void anUpdateThatWasNotSentFreesItsPlace() {
    // Given
    ManagedResource last = resource;
    for (int i = 0; i < 10; i++) {
      last = new ManagedResource("team-a", "other-" + i, "{timeout: 9}");
      gate.check(last.reconciliation(), last.planned("{Timeout: 3}"));
    }
    assertThat(gate.check(resource.reconciliation(), step)).isInstanceOf(Verdict.LookAgain.class);

    // When
    updates.breakers.notSent(last.reconciliation(), last.planned("{Timeout: 3}"));

    // Then
    assertThat(gate.check(resource.reconciliation(), step)).isInstanceOf(Verdict.Pass.class);
  }

  @Test
  void anUpdateKeepsThePlaceThatItHas() {
    for (int i = 0; i < 20; i++) {
      assertThat(gate.check(resource.reconciliation(), step)).isEqualTo(Verdict.pass(step));
    }
  }
}
