package dev.lambdaconfig.feature;

import static dev.lambdaconfig.feature.ConditionAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.simulator.FunctionSeed;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** AWS accepts an update, and then it fails or does not keep all of it. */
final class FailedUpdateIT {

  @RegisterExtension final OperatorExtension operator = OperatorExtension.sweepingEverySecond();

  private final ResourceClient resources = operator.resources();

  @Test
  void aFailedUpdateIsNeverReady() {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    operator
        .aws()
        .faults()
        .onUpdates()
        .of("orders")
        .times(1)
        .thenFailUpdate("The subnet was deleted", "InvalidSubnet");

    // When
    resources.apply("orders", "functionName: orders\ntimeout: 30");

    // Then
    resources.awaitStalled("orders", "InvalidSubnet");
    assertThat(resources.condition("orders", "Ready"))
        .isFalse()
        .hasMessageContaining("The subnet was deleted");
    assertThat(resources.status("orders").lastUpdateStatus).isEqualTo("Failed");
    assertThat(resources.history("orders").getFirst().outcome()).isEqualTo("InvalidSubnet");
    assertThat(operator.aws().requests().updatesOf("orders")).hasSize(1);
  }

  @Test
  void anUpdateThatFailedForNowIsSentAgain() {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    operator
        .aws()
        .faults()
        .onUpdates()
        .of("orders")
        .times(1)
        .thenFailUpdate("Request limit exceeded.", "EC2RequestLimitExceeded");

    // When
    resources.apply("orders", "functionName: orders\ntimeout: 30");

    // Then
    resources.awaitReady("orders");
    assertThat(operator.aws().requests().updatesOf("orders")).hasSize(2);
    assertThat(resources.history("orders").getFirst().cause()).isEqualTo("Retried");
  }

  @Test
  void aFieldThatTheEndpointDoesNotKeepIsReportedAndNotSentForEver() {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    operator.aws().faults().onUpdates().of("orders").always().thenDropMembers("TracingConfig");

    // When
    resources.apply("orders", "functionName: orders\ntimeout: 30\ntracingConfig: {mode: Active}");

    // Then
    resources.awaitStalled("orders", "NotApplied");
    assertThat(resources.condition("orders", "Stalled")).hasMessageContaining("tracingConfig.mode");
    operator.awaitReads(3, List.of("orders"));
    assertThat(operator.aws().requests().updatesOf("orders")).hasSize(2);
  }

  @Test
  void neitherIsItWhereEachReadHasAnotherRevisionId() {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    operator.aws().faults().onUpdates().of("orders").always().thenDropMembers("TracingConfig");
    operator
        .aws()
        .faults()
        .onReads()
        .of("orders")
        .always()
        .thenMeanwhile(
            () -> operator.aws().setMember("orders", "RevisionId", UUID.randomUUID().toString()));

    // When
    resources.apply("orders", "functionName: orders\ntracingConfig: {mode: Active}");

    // Then
    resources.awaitStalled("orders", "NotApplied");
    operator.awaitReads(5, List.of("orders"));
    assertThat(operator.aws().requests().updatesOf("orders")).hasSize(2);
    assertThat(resources.condition("orders", "Stalled")).hasMessageContaining("tracingConfig.mode");
  }
}
