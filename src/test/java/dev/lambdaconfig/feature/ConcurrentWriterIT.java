package dev.lambdaconfig.feature;

import static dev.lambdaconfig.feature.ConditionAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.simulator.FunctionSeed;
import dev.lambdaconfig.simulator.LoggedRequest;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Others write to the function at the same time, or connections break: each change happens once.
 */
final class ConcurrentWriterIT {

  @RegisterExtension final OperatorExtension operator = OperatorExtension.sweepingEverySecond();

  private final ResourceClient resources = operator.resources();

  @Test
  void aFunctionThatChangedBetweenReadAndWriteIsReadAgain() {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    operator
        .aws()
        .faults()
        .onUpdates()
        .of("orders")
        .times(1)
        .thenMeanwhile(
            () -> operator.aws().changeBehindTheBack("orders", "{\"Description\": \"deployed\"}"));

    // When
    resources.apply("orders", "functionName: orders\ntimeout: 30");

    // Then
    resources.awaitReady("orders");
    assertThat(operator.aws().requests().updatesOf("orders"))
        .extracting(LoggedRequest::httpStatus)
        .containsExactly(412, 200);
    assertThat(operator.aws().function("orders").get("Description").asText()).isEqualTo("deployed");
    assertThat(resources.history("orders")).hasSize(1);
  }

  @Test
  void anEndpointWhoseRevisionNeverStandsStillIsNotHammered() {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    operator
        .aws()
        .faults()
        .onUpdates()
        .of("orders")
        .always()
        .thenMeanwhile(() -> operator.aws().touch("orders"));

    // When
    resources.apply("orders", "functionName: orders\ntimeout: 30");

    // Then: three updates in a reconcile, with growing delays between reconciles
    resources.awaitReason("orders", "PreconditionFailedException");
    assertThat(operator.aws().requests().updatesOf("orders")).hasSizeLessThanOrEqualTo(6);
    assertThat(resources.history("orders")).isEmpty();
    assertThat(resources.condition("orders", "Reconciling")).isTrue();
  }

  @Test
  void whatSomebodyElseDidMeanwhileIsNotDoneAgain() {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    operator
        .aws()
        .faults()
        .onUpdates()
        .of("orders")
        .times(1)
        .thenMeanwhile(() -> operator.aws().changeBehindTheBack("orders", "{\"Timeout\": 30}"));

    // When
    resources.apply("orders", "functionName: orders\ntimeout: 30");

    // Then
    resources.awaitReady("orders");
    assertThat(operator.aws().requests().updatesOf("orders"))
        .extracting(LoggedRequest::httpStatus)
        .containsExactly(412);
  }

  @Test
  void aRunningUpdateIsWaitedFor() {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    operator.aws().home().beginChangeBehindTheBack("orders", "{\"MemorySize\": 512}");

    // When
    resources.apply("orders", "functionName: orders\ntimeout: 30");

    // Then
    resources.awaitReady("orders");
    assertThat(operator.aws().requests().updatesOf("orders"))
        .extracting(LoggedRequest::httpStatus)
        .containsExactly(200);
    assertThat(operator.aws().function("orders").get("MemorySize").asInt()).isEqualTo(512);
  }

  @Test
  void anUpdateWhoseAnswerIsLostIsSentOnce() {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    operator.aws().faults().onUpdates().of("orders").times(1).thenCutAfterApplying();

    // When
    resources.apply("orders", "functionName: orders\ntimeout: 30");

    // Then
    resources.awaitReady("orders");
    assertThat(operator.aws().requests().updatesOf("orders")).hasSize(1);
    assertThat(resources.history("orders"))
        .singleElement()
        .satisfies(update -> assertThat(update.outcome()).isEqualTo("Succeeded"));
  }

  @Test
  void anUpdateThatNeverArrivedIsSentAgain() {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    operator.aws().faults().onUpdates().of("orders").times(1).thenCutBeforeApplying();

    // When
    resources.apply("orders", "functionName: orders\ntimeout: 30");

    // Then
    resources.awaitReady("orders");
    List<LoggedRequest> updates = operator.aws().requests().updatesOf("orders");
    assertThat(updates).hasSize(2);
    assertThat(updates.getFirst().applied()).isFalse();
    assertThat(resources.history("orders")).hasSize(1);
  }

  @Test
  void throttlingPassesWithoutHarm() {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    operator.aws().faults().onUpdates().of("orders").times(1).thenThrottle();
    operator.aws().faults().onReads().of("orders").times(1).thenThrottleAtTheFrontEnd();

    // When
    resources.apply("orders", "functionName: orders\ntimeout: 30");

    // Then
    resources.awaitReady("orders");
    assertThat(operator.aws().requests().updatesOf("orders"))
        .extracting(LoggedRequest::httpStatus)
        .containsExactly(429, 200);
  }

  @Test
  void twoOperatorsAtOnceMakeEachChangeOnce() throws Exception {
    // Given: a second operator beside the first
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    operator.stop();
    try (AutoCloseable first = operator.startAnother();
        AutoCloseable second = operator.startAnother()) {
      Objects.requireNonNull(first);
      Objects.requireNonNull(second);

      // When
      for (int timeout = 10; timeout < 15; timeout++) {
        resources.apply("orders", "functionName: orders\ntimeout: " + timeout);
        resources.awaitReady("orders");
      }
    }

    // Then
    assertThat(operator.aws().requests().updatesOf("orders"))
        .filteredOn(LoggedRequest::applied)
        .extracting(update -> update.member("Timeout").asInt())
        .containsExactly(10, 11, 12, 13, 14);
  }
}
