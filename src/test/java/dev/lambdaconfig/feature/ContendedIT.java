package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.UpdateRecord;
import dev.lambdaconfig.simulator.FunctionSeed;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Somebody else's controller, or AWS itself, will not have it: nobody fights for ever. */
final class ContendedIT {

  @RegisterExtension final Stage stage = Stage.watchful();

  @Test
  void aFieldThatSomebodyElseKeepsChangingIsToldAndPutBackAtGrowingIntervals() {
    // Given
    stage.aws().createFunction(FunctionSeed.zip("orders"));
    stage.apply("orders", "functionName: orders\ntimeout: 30\nmemorySize: 256");
    stage.awaitReady("orders");

    // When: it is changed each time that it was put back
    for (int time = 1; time <= 3; time++) {
      int updates = 1 + time;
      stage.aws().changeBehindTheBack("orders", "{\"Timeout\": 5}");
      Awaitility.await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> stage.aws().requests().updatesOf("orders").size() == updates);
      stage.awaitReady("orders");
    }
    stage.aws().changeBehindTheBack("orders", "{\"Timeout\": 5}");

    // Then
    stage.awaitStalled("orders", "Contended");
    assertThat(stage.condition("orders", "Stalled").message())
        .contains("timeout was put back 3 times since 20", "sets the same value again")
        .doesNotContain("memorySize");
    assertThat(stage.condition("orders", "Ready").status()).isEqualTo("False");
    int reads = stage.aws().requests().readsOf("orders").size();
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> stage.aws().requests().readsOf("orders").size() >= reads + 4);
    assertThat(stage.aws().requests().updatesOf("orders")).hasSize(4);
  }

  @Test
  void itIsToldAsWellWhereTheOtherIsQuickerThanOurNextLook() {
    // Given: every update of ours is undone the moment that it has settled
    stage.aws().createFunction(FunctionSeed.zip("orders").with("Timeout", 5));
    stage.apply("orders", "functionName: orders\ntimeout: 30");
    int undone = 0;

    // When
    while (undone < 4) {
      int seen = undone;
      Awaitility.await()
          .atMost(Duration.ofSeconds(15))
          .pollInterval(Duration.ofMillis(20))
          .until(() -> stage.aws().requests().updatesOf("orders").size() > seen);
      stage.aws().settle("orders");
      stage.aws().changeBehindTheBack("orders", "{\"Timeout\": 5}");
      undone++;
    }

    // Then
    stage.awaitStalled("orders", "Contended");
  }

  @Test
  void aKeyThatAwsDoesNotKeepForWantOfAnEnvironmentIsNoDifferenceForEver() {
    // Given: as AWS does for a function without environment variables
    stage.aws().createFunction(FunctionSeed.zip("orders"));
    stage.aws().faults().onUpdates().of("orders").always().thenDropMembers("KMSKeyArn");

    // When
    stage.apply(
        "orders",
        "functionName: orders\nkmsKeyArn: arn:aws:kms:eu-west-1:123456789012:key/a\ntimeout: 30");

    // Then
    stage.awaitReady("orders");
    int reads = stage.aws().requests().readsOf("orders").size();
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> stage.aws().requests().readsOf("orders").size() >= reads + 3);
    assertThat(stage.aws().requests().updatesOf("orders")).hasSize(1);
    assertThat(stage.condition("orders", "Ready").status()).isEqualTo("True");
    assertThat(stage.condition("orders", "Ready").message())
        .contains("AWS keeps no kmsKeyArn for a function without environment variables");
    assertThat(stage.condition("orders", "Drifted").status()).isEqualTo("False");
    assertThat(stage.history("orders"))
        .extracting(UpdateRecord::outcome)
        .containsExactly("Succeeded");
  }

  @Test
  void aKeyAloneThatAwsDoesNotKeepIsSentOnceAndNoFailure() {
    // Given
    stage.aws().createFunction(FunctionSeed.zip("orders"));
    stage.aws().faults().onUpdates().of("orders").always().thenDropMembers("KMSKeyArn");

    // When
    stage.apply(
        "orders", "functionName: orders\nkmsKeyArn: arn:aws:kms:eu-west-1:123456789012:key/a");

    // Then
    stage.awaitReady("orders");
    stage.awaitReads(3, List.of("orders"));
    assertThat(stage.aws().requests().updatesOf("orders")).hasSize(1);
    assertThat(stage.condition("orders", "Ready").message()).contains("kmsKeyArn");
    assertThat(stage.history("orders"))
        .extracting(UpdateRecord::outcome)
        .containsExactly("Succeeded");
  }

  @Test
  void aDeploymentThatResetsSettingsIsNoFight() {
    // Given
    stage.aws().createFunction(FunctionSeed.zip("orders"));
    stage.apply("orders", "functionName: orders\ntimeout: 30");
    stage.awaitReady("orders");

    // When: code and settings come together, again and again
    for (int time = 1; time <= 6; time++) {
      int updates = 1 + time;
      stage.aws().setMember("orders", "CodeSha256", "code-of-deployment-" + time);
      stage.aws().changeBehindTheBack("orders", "{\"Timeout\": 3}");
      awaitUpdates(updates);
      stage.awaitReady("orders");
    }

    // Then
    assertThat(stage.aws().function("orders").get("Timeout").asInt()).isEqualTo(30);
    assertThat(stage.aws().requests().updatesOf("orders")).hasSize(7);
  }

  @Test
  void aFunctionThatIsMadeAnewIsNoFight() {
    // Given
    stage.aws().createFunction(FunctionSeed.zip("orders"));
    stage.apply("orders", "functionName: orders\ntimeout: 30");
    stage.awaitReady("orders");

    // When
    for (int time = 1; time <= 5; time++) {
      stage.aws().deleteFunction("orders");
      stage.awaitStalled("orders", "FunctionNotFound");
      stage.aws().createFunction(FunctionSeed.zip("orders"));
      stage.awaitReady("orders");
    }

    // Then
    assertThat(stage.aws().requests().updatesOf("orders")).hasSize(6);
  }

  @Test
  void somebodyWhoTriesOneValueAfterTheOtherIsNoFight() {
    // Given
    stage.aws().createFunction(FunctionSeed.zip("orders"));
    stage.apply("orders", "functionName: orders\ntimeout: 30");
    stage.awaitReady("orders");

    // When
    for (int time = 1; time <= 6; time++) {
      int updates = 1 + time;
      stage.aws().changeBehindTheBack("orders", "{\"Timeout\": " + (30 + time) + "}");
      awaitUpdates(updates);
      stage.awaitReady("orders");
    }

    // Then
    assertThat(stage.aws().requests().updatesOf("orders")).hasSize(7);
  }

  private void awaitUpdates(int number) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> stage.aws().requests().updatesOf("orders").size() == number);
  }
}
