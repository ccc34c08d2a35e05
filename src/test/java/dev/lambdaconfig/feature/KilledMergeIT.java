package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.OwnedEntries;
import dev.lambdaconfig.api.UpdateRecord;
import dev.lambdaconfig.packaged.OperatorJar;
import dev.lambdaconfig.simulator.FunctionSeed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** An operator that is killed during updates under Merge repeats none, and removes only its own. */
final class KilledMergeIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @RegisterExtension
  final OperatorExtension operator = OperatorExtension.sweepingEverySecond().startedByTest();

  private final ResourceClient resources = operator.resources();

  @TempDir Path folder = Path.of("");

  private final HeldRequests held = new HeldRequests();

  @AfterEach
  void letGo() {
    held.release();
  }

  @Test
  void whatAnUpdateHadAddedIsKnownAndWhatItHadRemovedIsOthersToSet() throws Exception {
    // Given: updates that add a variable, and updates that remove one
    List<String> adding = List.of("added", "not-added");
    List<String> removing = List.of("removed", "not-removed");
    for (String name : List.of("added", "not-added", "removed", "not-removed")) {
      operator
          .aws()
          .createFunction(
              FunctionSeed.zip(name)
                  .with("{\"Environment\": {\"Variables\": {\"THEIRS\": \"x\"}}}"));
    }
    try (OperatorJar killed = operator.startJar(folder.resolve("killed"), Map.of())) {
      killed.awaitRunning();
      removing.forEach(name -> apply(name, "{KEPT: a, DROPPED: b}"));
      removing.forEach(resources::awaitReady);
      for (String name : List.of("not-added", "not-removed")) {
        operator.aws().faults().onUpdates().of(name).times(1).thenCutBeforeApplying();
      }
      for (String name : List.of("added", "not-added", "removed", "not-removed")) {
        operator.aws().faults().onUpdates().of(name).times(1).thenMeanwhile(held::hold);
      }
      operator.aws().requests().clear();

      // When
      adding.forEach(name -> apply(name, "{KEPT: a}"));
      removing.forEach(name -> apply(name, "{KEPT: a}"));
      held.await(4);
      killed.kill();
    }
    held.release();
    try (OperatorJar next = operator.startJar(folder.resolve("next"), Map.of())) {
      next.awaitRunning();

      // Then: each change was made once
      for (String name : List.of("added", "not-added", "removed", "not-removed")) {
        awaitVariables(name, "KEPT, THEIRS");
        resources.awaitReady(name);
        assertThat(resources.history(name).getFirst())
            .as(name)
            .extracting(UpdateRecord::outcome)
            .isEqualTo("Succeeded");
        assertThat(Objects.requireNonNull(resources.status(name).owned))
            .as(name)
            .containsExactly(new OwnedEntries("environment.variables", List.of("KEPT"), null));
      }
      assertThat(updates("added")).isEqualTo(1);
      assertThat(updates("not-added")).isEqualTo(2);
      assertThat(updates("removed")).isEqualTo(1);
      assertThat(updates("not-removed")).isEqualTo(2);

      // When: others set a variable that the resource had
      for (String name : removing) {
        operator
            .aws()
            .changeBehindTheBack(
                name,
                "{\"Environment\": {\"Variables\": {\"KEPT\": \"a\", \"THEIRS\": \"x\","
                    + " \"DROPPED\": \"theirs\"}}}");
      }
      operator.awaitSweeps(2);
      for (String name : List.of("added", "removed", "not-removed")) {
        apply(name, "{}");
      }

      // Then
      awaitVariables("added", "THEIRS");
      awaitVariables("removed", "DROPPED, THEIRS");
      awaitVariables("not-removed", "DROPPED, THEIRS");
    }
  }

  private void apply(String name, String variables) {
    resources.apply(
        name,
        "functionName: %s\nenvironment: {policy: Merge, variables: %s}".formatted(name, variables));
  }

  private void awaitVariables(String name, String names) {
    Awaitility.await(name + " to have " + names)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .untilAsserted(
            () ->
                assertThat(
                        operator
                            .aws()
                            .function(name)
                            .at("/Environment/Variables")
                            .properties()
                            .stream()
                            .map(Map.Entry::getKey)
                            .sorted()
                            .collect(Collectors.joining(", ")))
                    .isEqualTo(names));
  }

  private int updates(String name) {
    return operator.aws().requests().updatesOf(name).size();
  }
}
