package dev.lambdaconfig.feature;

import static dev.lambdaconfig.feature.ConditionAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.api.UpdateRecord;
import dev.lambdaconfig.simulator.FunctionSeed;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Another controller, or AWS itself, reverts a setting again and again: the operator gives up. */
final class ContendedFunctionIT {

  @RegisterExtension final OperatorExtension operator = OperatorExtension.sweepingEverySecond();

  private final ResourceClient resources = operator.resources();

  @Test
  void aFieldThatSomebodyElseKeepsChangingIsReportedAndPutBackAtGrowingIntervals() {
    // Given
    operator.givenInSync("orders", "timeout: 30\nmemorySize: 256");

    // When: the setting is changed each time after it was corrected
    for (int time = 1; time <= 3; time++) {
      int updates = 1 + time;
      operator.aws().changeBehindTheBack("orders", "{\"Timeout\": 5}");
      Awaitility.await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> operator.aws().requests().updatesOf("orders").size() == updates);
      resources.awaitReady("orders");
    }
    operator.aws().changeBehindTheBack("orders", "{\"Timeout\": 5}");

    // Then
    resources.awaitStalled("orders", "Contended");
    assertThat(resources.condition("orders", "Stalled"))
        .hasMessageContaining("timeout was reverted 3 times since 20", "sets the same value again")
        .hasMessageWithout("memorySize");
    assertThat(resources.condition("orders", "Ready")).isFalse();
    int reads = operator.aws().requests().readsOf("orders").size();
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> operator.aws().requests().readsOf("orders").size() >= reads + 4);
    assertThat(operator.aws().requests().updatesOf("orders")).hasSize(4);
  }

  @Test
  void itIsReportedAsWellWhereTheOtherIsQuickerThanOurNextRead() {
    // Given: each update is undone as soon as it has settled
    operator.aws().createFunction(FunctionSeed.zip("orders").with("Timeout", 5));
    resources.apply("orders", "functionName: orders\ntimeout: 30");
    AtomicInteger undone = new AtomicInteger();

    // When, Then: an update counts as vain or as reverted, by which of both was quicker
    Awaitility.await("a report")
        .atMost(Duration.ofMinutes(1))
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> {
              if (operator.aws().requests().updatesOf("orders").size() > undone.get()) {
                operator.aws().settle("orders");
                operator.aws().changeBehindTheBack("orders", "{\"Timeout\": 5}");
                undone.incrementAndGet();
              }
              return isContended();
            });
    assertThat(undone.get()).isBetween(4, 8);
  }

  private boolean isContended() {
    LambdaFunctionConfigStatus status = resources.get("orders").getStatus();
    return status != null && String.valueOf(status.conditions).contains("reason=Contended");
  }

  @Test
  void aKeyThatAwsDoesNotKeepForWantOfAnEnvironmentIsNoDifferenceForEver() {
    // Given
    givenFunctionThatKeepsNoKey();

    // When
    resources.apply(
        "orders",
        "functionName: orders\nkmsKeyArn: arn:aws:kms:eu-west-1:123456789012:key/a\ntimeout: 30");

    // Then
    resources.awaitReady("orders");
    operator.awaitReads(3, List.of("orders"));
    assertThat(operator.aws().requests().updatesOf("orders")).hasSize(1);
    assertThat(resources.condition("orders", "Ready"))
        .isTrue()
        .hasMessageContaining(
            "AWS stores no kmsKeyArn for a function without environment variables");
    assertThat(resources.condition("orders", "Drifted")).isFalse();
    assertThat(resources.history("orders"))
        .extracting(UpdateRecord::outcome)
        .containsExactly("Succeeded");
  }

  @Test
  void aKeyAloneThatAwsDoesNotKeepIsSentOnceAndNoFailure() {
    // Given
    givenFunctionThatKeepsNoKey();

    // When
    resources.apply(
        "orders", "functionName: orders\nkmsKeyArn: arn:aws:kms:eu-west-1:123456789012:key/a");

    // Then
    resources.awaitReady("orders");
    operator.awaitReads(3, List.of("orders"));
    assertThat(operator.aws().requests().updatesOf("orders")).hasSize(1);
    assertThat(resources.condition("orders", "Ready")).hasMessageContaining("kmsKeyArn");
    assertThat(resources.history("orders"))
        .extracting(UpdateRecord::outcome)
        .containsExactly("Succeeded");
  }

  @Test
  void aDeploymentThatResetsSettingsIsNoFight() {
    // Given
    operator.givenInSync("orders", "timeout: 30");

    // When: deployments change code and settings together, again and again
    for (int time = 1; time <= 6; time++) {
      int updates = 1 + time;
      operator.aws().setMember("orders", "CodeSha256", "code-of-deployment-" + time);
      operator.aws().changeBehindTheBack("orders", "{\"Timeout\": 3}");
      awaitUpdates(updates);
      resources.awaitReady("orders");
    }

    // Then
    assertThat(operator.aws().function("orders").get("Timeout").asInt()).isEqualTo(30);
    assertThat(operator.aws().requests().updatesOf("orders")).hasSize(7);
  }

  @Test
  void aFunctionThatIsMadeAnewIsNoFight() {
    // Given
    operator.givenInSync("orders", "timeout: 30");

    // When
    for (int time = 1; time <= 5; time++) {
      operator.aws().deleteFunction("orders");
      resources.awaitStalled("orders", "FunctionNotFound");
      operator.aws().createFunction(FunctionSeed.zip("orders"));
      resources.awaitReady("orders");
    }

    // Then
    assertThat(operator.aws().requests().updatesOf("orders")).hasSize(6);
  }

  @Test
  void somebodyWhoTriesOneValueAfterTheOtherIsNoFight() {
    // Given
    operator.givenInSync("orders", "timeout: 30");

    // When
    for (int time = 1; time <= 6; time++) {
      int updates = 1 + time;
      operator.aws().changeBehindTheBack("orders", "{\"Timeout\": " + (30 + time) + "}");
      awaitUpdates(updates);
      resources.awaitReady("orders");
    }

    // Then
    assertThat(operator.aws().requests().updatesOf("orders")).hasSize(7);
  }

  @Test
  void whoeverAnswersEachUpdateWithAnotherValueAndOtherCodeIsReportedAfterSixCorrections() {
    // Given
    operator.givenInSync("orders", "timeout: 30\nmemorySize: 256");

    // When: the other field is set each time, to another value, together with other code
    for (int time = 1; time <= 6; time++) {
      int updates = 1 + time;
      answerWithAnotherValue(time);
      awaitUpdates(updates);
      resources.awaitReady("orders");
    }
    answerWithAnotherValue(7);

    // Then
    resources.awaitStalled("orders", "Contended");
    assertThat(resources.condition("orders", "Stalled"))
        .hasMessageContaining(
            "timeout differs again after 6 corrections of this function since 20", "CloudTrail");
    int reads = operator.aws().requests().readsOf("orders").size();
    for (int time = 8; time <= 10; time++) {
      answerWithAnotherValue(time);
      int seen = reads + time - 7;
      Awaitility.await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> operator.aws().requests().readsOf("orders").size() >= seen);
    }
    assertThat(operator.aws().requests().updatesOf("orders")).hasSize(7);
  }

  private void answerWithAnotherValue(int time) {
    operator.aws().setMember("orders", "CodeSha256", "code-" + time);
    operator
        .aws()
        .changeBehindTheBack(
            "orders",
            time % 2 == 0
                ? "{\"MemorySize\": " + (300 + time) + "}"
                : "{\"Timeout\": " + time + "}");
  }

  private void awaitUpdates(int number) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> operator.aws().requests().updatesOf("orders").size() == number);
  }

  /** A function without environment variables, for which AWS drops the key. */
  private void givenFunctionThatKeepsNoKey() {
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    operator.aws().faults().onUpdates().of("orders").always().thenDropMembers("KMSKeyArn");
  }
}
