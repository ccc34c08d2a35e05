package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.simulator.FunctionSeed;
import io.fabric8.kubernetes.api.model.Event;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An update that AWS applies for more than ten seconds is reported as started, once. */
final class LongUpdateIT {

  /** Longer than the test, which ends the update itself. */
  private static final Duration NEVER = Duration.ofHours(1);

  @RegisterExtension
  final OperatorExtension operator = OperatorExtension.sweepingEverySecond().withUpdateTime(NEVER);

  private final ResourceClient resources = operator.resources();

  @Test
  void anUpdateThatStillRunsAfterTenSecondsHasOneEventAlsoAfterARestart() throws Exception {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    resources.apply("orders", "functionName: orders\ntimeout: 30");
    Events.await(operator, "orders", "UpdateStarted");

    // When
    operator.stop();
    operator.start();
    operator.awaitReads(2, Set.of("orders"));
    operator.aws().settle("orders");

    // Then
    resources.awaitReady("orders");
    Events.await(operator, "orders", "UpdateSucceeded");
    assertThat(Events.of(operator, "orders"))
        .extracting(Event::getReason)
        .containsExactlyInAnyOrder("UpdateStarted", "UpdateSucceeded");
    assertThat(Events.with(operator, "UpdateStarted"))
        .singleElement()
        .satisfies(
            event -> assertThat(event.getMessage()).isEqualTo("updating timeout (SpecChanged)"));
    assertThat(operator.aws().requests().updatesOf("orders")).hasSize(1);
  }
}
