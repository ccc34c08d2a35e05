package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Resources are deleted and created again at once, as by {@code kubectl replace --force}. */
final class RecreatedResourcesIT {

  @RegisterExtension
  final OperatorExtension operator =
      OperatorExtension.sweepingEverySecond().withUpdateTime(Duration.ofSeconds(2));

  private final ResourceClient resources = operator.resources();

  @Test
  void twelveThatAreMadeAnewSixTimesWhileTheirUpdatesRunHoldNobodyUp() throws Exception {
    // Given
    Fleet fleet = Fleet.of(operator, 20, seed -> seed.with("Timeout", 30));
    Fleet anew = fleet.part(0, 12);
    Fleet others = fleet.part(12, 20);
    fleet.apply("timeout: 30");
    fleet.awaitReady();
    Set<LambdaFunctionConfig> gone = new HashSet<>();

    // When: each time with another setting, so that each needs an update
    for (int round = 1; round <= 6; round++) {
      String settings = "timeout: " + (30 + round);
      gone.addAll(anew.resources());
      anew.each(name -> resources.resource(name).delete());
      anew.each(resources::awaitGone);
      anew.apply(settings);
    }
    others.apply("timeout: 40");

    // Then
    others.awaitReady();
    anew.awaitReady();
    anew.names()
        .forEach(
            name ->
                assertThat(operator.aws().function(name).get("Timeout").asInt())
                    .as(name)
                    .isEqualTo(36));
    assertThat(gone)
        .hasSize(72)
        .allSatisfy(
            resource -> assertThat(HeldReferences.ofUid(operator.running(), resource)).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"suspend: true", "mode: Observe"})
  void thoseThatAreLeftAloneWhileTheirUpdatesRunGiveTheirPlacesToOthers(String leftAlone)
      throws Exception {
    // Given: all places of the namespace are taken by updates that do not end
    Fleet fleet = Fleet.of(operator, 20, seed -> seed.with("Timeout", 30));
    Fleet holding = fleet.part(0, 10);
    Fleet others = fleet.part(10, 20);
    holding
        .names()
        .forEach(name -> operator.aws().faults().onUpdates().of(name).always().thenHoldUpdate());
    fleet.apply("timeout: 30");
    fleet.awaitReady();
    holding.apply("timeout: 31");
    Awaitility.await("ten updates")
        .atMost(Fleet.PATIENCE)
        .until(() -> holding.updates().size() == 10);
    long began = System.nanoTime();

    // When
    holding.apply("timeout: 31\n" + leftAlone);
    others.apply("timeout: 31");

    // Then: sooner than the places of endless updates expire
    others.awaitReady();
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(110));
  }
}
