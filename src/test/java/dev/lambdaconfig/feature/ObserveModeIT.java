package dev.lambdaconfig.feature;

import static dev.lambdaconfig.feature.ConditionAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.simulator.FunctionSeed;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A resource with {@code mode: Observe} reports differences and writes nothing. */
final class ObserveModeIT {

  @RegisterExtension final OperatorExtension operator = OperatorExtension.sweepingEverySecond();

  private final ResourceClient resources = operator.resources();

  @Test
  void observingReportsWhatDiffersAndWritesNothing() {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders"));

    // When
    resources.apply(
        "orders",
        """
        functionName: orders
        mode: Observe
        timeout: 30
        environment: {variables: {LEVEL: canary-value}}
        """);

    // Then
    resources.awaitReason("orders", "Observed");
    assertThat(resources.condition("orders", "Ready")).isTrue();
    assertThat(resources.condition("orders", "Drifted")).isTrue();
    assertThat(resources.status("orders").drift)
        .extracting(field -> field.path() + ": " + field.desired() + ", " + field.observed())
        .containsExactly("timeout: 30, 3", "environment.variables.LEVEL: missing, ");
    assertThat(operator.aws().requests().updates()).isEmpty();
  }

  @Test
  void aFunctionThatCannotBeReadAnyMoreIsNoDriftToCorrect() throws Exception {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    resources.apply("orders", "functionName: orders\nmode: Observe\ntimeout: 30");
    resources.awaitReason("orders", "Observed");

    // When
    operator
        .aws()
        .faults()
        .onReads()
        .of("orders")
        .always()
        .thenAnswer(403, "AccessDeniedException", "not authorized by the policy of this test");
    resources.annotate("orders", "lambdaconfig.dev/reconcile-requested-at", "1");
    resources.awaitStalled("orders", "AccessDeniedException");

    // Then
    assertThat(resources.condition("orders", "Drifted")).isTrue();
    assertThat(operator.scrape().sum("lambdaconfig_oldest_difference_seconds", Map.of())).isZero();
  }

  @Test
  void enforcingAgainClosesWhatWasObserved() {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    resources.apply("orders", "functionName: orders\nmode: Observe\ntimeout: 30");
    resources.awaitReason("orders", "Observed");

    // When
    resources.apply("orders", "functionName: orders\nmode: Enforce\ntimeout: 30");

    // Then
    resources.awaitReason("orders", "InSync");
    assertThat(operator.aws().requests().updatesOf("orders")).hasSize(1);
  }
}
