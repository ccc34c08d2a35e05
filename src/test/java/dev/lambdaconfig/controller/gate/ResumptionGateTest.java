package dev.lambdaconfig.controller.gate;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.StatusCondition;
import dev.lambdaconfig.controller.report.Reporters;
import dev.lambdaconfig.controller.state.ManagedResource;
import dev.lambdaconfig.controller.state.Verdict;
import dev.lambdaconfig.kube.status.InMemoryStatusStore;
import dev.lambdaconfig.kube.status.StatusStore;
import org.junit.jupiter.api.Test;

/** The end of a suspension, which the status reports before anything else happens. */
final class ResumptionGateTest {

  private final InMemoryStatusStore statuses = new InMemoryStatusStore();
  private final ResumptionGate gate = new ResumptionGate(Reporters.of(statuses));

  @Test
  void aResourceThatWasSuspendedPassesOnceItsStatusSaysThatThisHasEnded() {
    // Given
    ManagedResource resumed =
        new ManagedResource("{timeout: 9}").with("Suspended", "True", "Suspended");

    // When
    Verdict verdict = gate.check(resumed.reconciliation(), resumed.start());

    // Then
    assertThat(verdict).isInstanceOf(Verdict.Pass.class);
    assertThat(requireNonNull(statuses.written.getFirst().conditions))
        .extracting(StatusCondition::type)
        .doesNotContain("Suspended");
  }

  @Test
  void itLooksAgainWhereTheStatusCannotBeWritten() {
    // Given
    ManagedResource resumed =
        new ManagedResource("{timeout: 9}").with("Suspended", "True", "Suspended");
    statuses.answer = StatusStore.Written.BUSY;

    // When
    Verdict verdict = gate.check(resumed.reconciliation(), resumed.start());

    // Then
    assertThat(verdict).isInstanceOf(Verdict.LookAgain.class);
  }

  @Test
  void aResourceThatWasNotSuspendedPassesWithoutAWrite() {
    // Given
    ManagedResource resource = new ManagedResource("{timeout: 9}");

    // When
    Verdict verdict = gate.check(resource.reconciliation(), resource.start());

    // Then
    assertThat(verdict).isInstanceOf(Verdict.Pass.class);
    assertThat(statuses.written).isEmpty();
  }
}
