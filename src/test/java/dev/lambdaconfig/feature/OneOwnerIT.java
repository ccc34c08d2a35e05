package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.simulator.FunctionSeed;
import dev.lambdaconfig.simulator.LoggedRequest;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two resources name one function: the older keeps it, and nobody fights. */
final class OneOwnerIT {

  private static final String ARN = "arn:aws:lambda:eu-west-1:123456789012:function:orders";

  @RegisterExtension final Stage stage = Stage.watchful();

  @Test
  void theYoungerIsStalledWhateverItsSpelling() {
    // Given
    stage.aws().createFunction(FunctionSeed.zip("orders"));
    stage.apply("b-older", "functionName: orders\ntimeout: 30");
    stage.awaitReady("b-older");

    // When: another second, so that the age differs
    stage.awaitNextSecond();
    stage.apply("a-younger", "functionName: " + ARN + "\ntimeout: 60");

    // Then
    stage.awaitStalled("a-younger", "Conflict");
    assertThat(stage.condition("a-younger", "Stalled").message()).contains("/b-older");
    stage.awaitRounds(3);
    assertThat(stage.aws().requests().updatesOf("orders"))
        .extracting(update -> Objects.requireNonNull(update.body()).get("Timeout").asInt())
        .containsExactly(30);
  }

  @Test
  void theYoungerTakesOverWhenTheOlderGoes() {
    // Given
    stage.aws().createFunction(FunctionSeed.zip("orders"));
    stage.apply("older", "functionName: orders\ntimeout: 30");
    stage.awaitReady("older");
    stage.awaitNextSecond();
    stage.apply("younger", "functionName: orders\ntimeout: 60");
    stage.awaitStalled("younger", "Conflict");

    // When
    stage.resource("older").delete();

    // Then
    stage.awaitReady("younger");
    assertThat(stage.aws().function("orders").get("Timeout").asInt()).isEqualTo(60);
  }

  @Test
  void anObservingResourceClaimsNothing() {
    // Given
    stage.aws().createFunction(FunctionSeed.zip("orders"));
    stage.apply("older", "functionName: orders\nmode: Observe\ntimeout: 30");
    stage.awaitReason("older", "Observed");
    stage.awaitNextSecond();

    // When
    stage.apply("younger", "functionName: orders\ntimeout: 60");

    // Then
    stage.awaitReady("younger");
    assertThat(stage.aws().requests().updatesOf("orders"))
        .filteredOn(LoggedRequest::applied)
        .hasSize(1);
  }

  @Test
  void aSuspendedResourceKeepsItsClaim() {
    // Given
    stage.aws().createFunction(FunctionSeed.zip("orders"));
    stage.apply("older", "functionName: orders\nsuspend: true\ntimeout: 30");
    stage.awaitNextSecond();

    // When
    stage.apply("younger", "functionName: orders\ntimeout: 60");

    // Then
    stage.awaitStalled("younger", "Conflict");
    assertThat(stage.aws().requests().updates()).isEmpty();
  }

  @Test
  void theSameNameInAnotherRegionIsAnotherFunction() {
    // Given
    stage.aws().createFunction(FunctionSeed.zip("orders"));
    stage.aws().region("us-east-1").createFunction(FunctionSeed.zip("orders"));
    stage.apply("here", "functionName: orders\ntimeout: 30");
    stage.awaitReady("here");

    // When
    stage.apply("there", "functionName: orders\nregion: us-east-1\ntimeout: 60");

    // Then
    stage.awaitReady("there");
    stage.awaitReady("here");
  }
}
