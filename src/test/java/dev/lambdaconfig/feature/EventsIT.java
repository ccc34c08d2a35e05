package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The Events of a resource. */
final class EventsIT {

  /** Updates end long before {@link LongUpdateIT} would report their start. */
  @RegisterExtension
  final OperatorExtension operator =
      OperatorExtension.sweepingEverySecond().withUpdateTime(Duration.ofMillis(800));

  @Test
  void whatHappensIsReportedByEventsThatNameFieldsAndNeverValues() {
    // Given
    operator.givenInSync("orders", "environment: {variables: {LEVEL: canary-value}}");

    // When
    operator
        .aws()
        .changeBehindTheBack(
            "orders", "{\"Environment\":{\"Variables\":{\"LEVEL\":\"canary-2\"}}}");

    // Then
    Events.await(operator, "orders", "DriftDetected");
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () ->
                assertThat(Events.of(operator, "orders"))
                    .extracting(Event::getReason)
                    .containsExactlyInAnyOrder(
                        "UpdateSucceeded", "DriftDetected", "UpdateSucceeded"));
    assertThat(Events.of(operator, "orders"))
        .extracting(Event::getMessage)
        .allSatisfy(message -> assertThat(message).doesNotContain("canary"))
        .anySatisfy(message -> assertThat(message).contains("environment.variables"));
  }
}
