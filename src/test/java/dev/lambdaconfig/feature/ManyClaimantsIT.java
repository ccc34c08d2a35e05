package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A function that two hundred resources name: who changes its owner delays nobody. */
final class ManyClaimantsIT {

  private static final int LOSERS = 200;

  /** Far more than the five a second that are told of another owner, far less than all. */
  private static final int MOST_READS_A_SECOND = 15;

  private static final int TOGGLES = 10;

  @RegisterExtension final OperatorExtension operator = OperatorExtension.sweepingHourly();

  private final ResourceClient resources = operator.resources();

  @Test
  void anOwnerThatComesAndGoesCostsAFewReadsEachTime() {
    // Given
    operator.givenInSync("f", "timeout: 30");
    resources.awaitNextSecond();
    List<String> losers = IntStream.range(100, 100 + LOSERS).mapToObj(i -> "loser-" + i).toList();
    losers.forEach(name -> resources.apply(name, "functionName: f\ntimeout: 30"));
    Awaitility.await()
        .atMost(Duration.ofMinutes(3))
        .until(() -> losers.stream().allMatch(this::isInConflict));
    operator.aws().requests().clear();
    long began = System.nanoTime();

    // When
    for (int i = 0; i < TOGGLES; i++) {
      setMode(i % 2 == 0 ? "Observe" : "Enforce");
    }
    setMode("Observe");

    // Then
    long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds() + 1;
    assertThat(operator.aws().requests().readsOf("f").size())
        .isLessThan(5 * TOGGLES + MOST_READS_A_SECOND * (int) seconds);

    // And then: one of them owns the function, and the others learn of it
    String successor =
        Awaitility.await()
            .atMost(Duration.ofMinutes(3))
            .until(() -> owners(losers), owners -> owners.size() == 1)
            .getFirst();
    Awaitility.await()
        .atMost(Duration.ofMinutes(3))
        .until(
            () ->
                losers.stream()
                    .filter(name -> !name.equals(successor))
                    .allMatch(name -> message(name).contains("/" + successor + ":")));

    // And when
    resources.apply(successor, "functionName: f\ntimeout: 31");

    // Then
    resources.awaitReady(successor);
    assertThat(operator.aws().function("f").path("Timeout").asInt()).isEqualTo(31);
  }

  private boolean isInConflict(String name) {
    return message(name).startsWith("the function is already owned");
  }

  private String message(String name) {
    return Objects.requireNonNullElse(resources.condition(name, "Stalled").message(), "");
  }

  private List<String> owners(List<String> names) {
    return names.stream().filter(name -> !isInConflict(name)).toList();
  }

  private void setMode(String mode) {
    long generation =
        resources
            .resource("f")
            .patch(
                PatchContext.of(PatchType.JSON_MERGE), "{\"spec\": {\"mode\": \"" + mode + "\"}}")
            .getMetadata()
            .getGeneration();
    resources.await(
        "f",
        "to say that it is " + mode,
        resource -> Objects.equals(resources.status("f").observedGeneration, generation));
  }
}
