package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.simulator.FunctionSeed;
import java.time.Duration;
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
        .contains("timeout was put back 3 times")
        .doesNotContain("memorySize");
    assertThat(stage.condition("orders", "Ready").status()).isEqualTo("False");
    int reads = stage.aws().requests().readsOf("orders").size();
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> stage.aws().requests().readsOf("orders").size() >= reads + 4);
    assertThat(stage.aws().requests().updatesOf("orders")).hasSize(4);
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
    assertThat(stage.condition("orders", "Drifted").status()).isEqualTo("False");
  }
}
