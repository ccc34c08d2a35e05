package dev.lambdaconfig.controller.update;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.controller.state.ManagedResource;
import dev.lambdaconfig.decision.DecisionInput;
import dev.lambdaconfig.decision.OperatorMode;
import dev.lambdaconfig.decision.Purpose;
import dev.lambdaconfig.status.NextStatus;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a decision is made from besides the function. */
final class DecisionContextTest {

  private final DecisionContext enforcing = UpdateSetup.context(OperatorMode.ENFORCE);
  private final DecisionContext observing = UpdateSetup.context(OperatorMode.OBSERVE);
  private final ManagedResource resource = new ManagedResource("{timeout: 9}");

  @Test
  void anInputHasTheSettingsOfTheOperatorAndTheTimeOfTheReconcile() {
    // Given
    DecisionContext context =
        new DecisionContext(
            uid -> Duration.ofMinutes(uid.equals(resource.uid()) ? 7 : 1),
            OperatorMode.OBSERVE,
            true,
            () -> 0.25);

    // When
    DecisionInput input = context.input(resource.requested().reconciliation(), resource.start());

    // Then
    assertThat(input.options())
        .isEqualTo(new DecisionInput.Options(Duration.ofMinutes(7), true, OperatorMode.OBSERVE));
    assertThat(input.random()).isEqualTo(0.25);
    assertThat(input.now()).isEqualTo(ManagedResource.NOW);
    assertThat(input.requested()).isTrue();
    assertThat(input.purpose()).isEqualTo(Purpose.ENFORCE);
  }

  @Test
  void theOperatorsModeOrTheSpecLeavesAFunctionAsItIs() {
    assertThat(enforcing.observes(resource.reconciliation())).isFalse();
    assertThat(observing.observes(resource.reconciliation())).isTrue();
    assertThat(enforcing.observes(resource.declare("{mode: Observe}").reconciliation())).isTrue();
  }

  @Test
  void aStatusReportsTheFunctionInOrderByTheReasonOfItsMode() {
    // Given
    resource.status.region = "eu-west-1";
    resource.status.revisionId = "r1";
    resource.status.managedFields = List.of("timeout");

    // When
    resource.with("Ready", "True", NextStatus.IN_SYNC);

    // Then
    assertThat(enforcing.isReportedInOrder(resource.reconciliation(), resource.start())).isTrue();
    assertThat(observing.isReportedInOrder(resource.reconciliation(), resource.start())).isFalse();
  }
}
