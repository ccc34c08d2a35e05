package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.simulator.FunctionSeed;
import dev.lambdaconfig.simulator.LoggedRequest;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Others work on the function at the same time, and connections break: each change happens once.
 */
final class RaceIT {

  @RegisterExtension final Stage stage = Stage.watchful();

  @Test
  void aFunctionThatChangedBetweenReadAndWriteIsReadAgain() {
    // Given
    stage.aws().createFunction(FunctionSeed.zip("orders"));
    stage
        .aws()
        .faults()
        .onUpdates()
        .of("orders")
        .times(1)
        .thenMeanwhile(
            () -> stage.aws().changeBehindTheBack("orders", "{\"Description\": \"deployed\"}"));

    // When
    stage.apply("orders", "functionName: orders\ntimeout: 30");

    // Then
    stage.awaitReady("orders");
    assertThat(stage.aws().requests().updatesOf("orders"))
        .extracting(LoggedRequest::httpStatus)
        .containsExactly(412, 200);
    assertThat(stage.aws().function("orders").get("Description").asText()).isEqualTo("deployed");
    assertThat(stage.history("orders")).hasSize(1);
  }

  @Test
  void anEndpointWhoseRevisionNeverStandsStillIsNotHammered() {
    // Given
    stage.aws().createFunction(FunctionSeed.zip("orders"));
    stage
        .aws()
        .faults()
        .onUpdates()
        .of("orders")
        .always()
        .thenMeanwhile(() -> stage.aws().touch("orders"));

    // When
    stage.apply("orders", "functionName: orders\ntimeout: 30");

    // Then: three in a pass, and the passes get further apart
    stage.awaitReason("orders", "PreconditionFailedException");
    assertThat(stage.aws().requests().updatesOf("orders")).hasSizeLessThanOrEqualTo(6);
    assertThat(stage.history("orders")).isEmpty();
    assertThat(stage.condition("orders", "Reconciling").status()).isEqualTo("True");
  }

  @Test
  void whatSomebodyElseDidMeanwhileIsNotDoneAgain() {
    // Given
    stage.aws().createFunction(FunctionSeed.zip("orders"));
    stage
        .aws()
        .faults()
        .onUpdates()
        .of("orders")
        .times(1)
        .thenMeanwhile(() -> stage.aws().changeBehindTheBack("orders", "{\"Timeout\": 30}"));

    // When
    stage.apply("orders", "functionName: orders\ntimeout: 30");

    // Then
    stage.awaitReady("orders");
    assertThat(stage.aws().requests().updatesOf("orders"))
        .extracting(LoggedRequest::httpStatus)
        .containsExactly(412);
  }

  @Test
  void aRunningUpdateIsWaitedFor() {
    // Given
    stage.aws().createFunction(FunctionSeed.zip("orders"));
    stage.aws().home().beginChangeBehindTheBack("orders", "{\"MemorySize\": 512}");

    // When
    stage.apply("orders", "functionName: orders\ntimeout: 30");

    // Then
    stage.awaitReady("orders");
    assertThat(stage.aws().requests().updatesOf("orders"))
        .extracting(LoggedRequest::httpStatus)
        .containsExactly(200);
    assertThat(stage.aws().function("orders").get("MemorySize").asInt()).isEqualTo(512);
  }

  @Test
  void anUpdateWhoseAnswerIsLostIsSentOnce() {
    // Given
    stage.aws().createFunction(FunctionSeed.zip("orders"));
    stage.aws().faults().onUpdates().of("orders").times(1).thenCutAfterApplying();

    // When
    stage.apply("orders", "functionName: orders\ntimeout: 30");

    // Then
    stage.awaitReady("orders");
    assertThat(stage.aws().requests().updatesOf("orders")).hasSize(1);
    assertThat(stage.history("orders"))
        .singleElement()
        .satisfies(update -> assertThat(update.outcome()).isEqualTo("Succeeded"));
  }

  @Test
  void anUpdateThatNeverArrivedIsSentAgain() {
    // Given
    stage.aws().createFunction(FunctionSeed.zip("orders"));
    stage.aws().faults().onUpdates().of("orders").times(1).thenCutBeforeApplying();

    // When
    stage.apply("orders", "functionName: orders\ntimeout: 30");

    // Then
    stage.awaitReady("orders");
    List<LoggedRequest> updates = stage.aws().requests().updatesOf("orders");
    assertThat(updates).hasSize(2);
    assertThat(updates.getFirst().applied()).isFalse();
    assertThat(stage.history("orders")).hasSize(1);
  }

  @Test
  void throttlingPassesWithoutHarm() {
    // Given
    stage.aws().createFunction(FunctionSeed.zip("orders"));
    stage.aws().faults().onUpdates().of("orders").times(1).thenThrottle();
    stage.aws().faults().onReads().of("orders").times(1).thenThrottleAtTheFrontEnd();

    // When
    stage.apply("orders", "functionName: orders\ntimeout: 30");

    // Then
    stage.awaitReady("orders");
    assertThat(stage.aws().requests().updatesOf("orders"))
        .extracting(LoggedRequest::httpStatus)
        .containsExactly(429, 200);
  }

  @Test
  void twoOperatorsAtOnceMakeEachChangeOnce() throws Exception {
    // Given: a second operator beside the first
    stage.aws().createFunction(FunctionSeed.zip("orders"));
    stage.stopOperator();
    try (AutoCloseable first = stage.anotherOperator();
        AutoCloseable second = stage.anotherOperator()) {
      Objects.requireNonNull(first);
      Objects.requireNonNull(second);

      // When
      for (int timeout = 10; timeout < 15; timeout++) {
        stage.apply("orders", "functionName: orders\ntimeout: " + timeout);
        stage.awaitReady("orders");
      }
    }

    // Then
    assertThat(stage.aws().requests().updatesOf("orders"))
        .filteredOn(LoggedRequest::applied)
        .extracting(update -> Objects.requireNonNull(update.body()).get("Timeout").asInt())
        .containsExactly(10, 11, 12, 13, 14);
  }
}
