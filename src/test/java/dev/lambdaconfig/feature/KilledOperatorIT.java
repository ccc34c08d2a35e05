package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.UpdateRecord;
import dev.lambdaconfig.packaged.OperatorJar;
import dev.lambdaconfig.simulator.FunctionSeed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * An operator that is killed at any point of an update, or that runs twice, loses no update and
 * repeats none.
 */
final class KilledOperatorIT {

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
  void aKilledOperatorLosesNothingAndRepeatsNothing() throws Exception {
    // Given: resources at each point of an update
    List<String> sent =
        List.of("lost", "applied", "applied-then-drifted", "applied-then-respecified");
    List<String> all =
        Stream.concat(
                sent.stream(),
                Stream.of("refused", "running", "held-for-long", "failed", "at-rest"))
            .toList();
    all.forEach(name -> operator.aws().createFunction(FunctionSeed.zip(name)));
    operator.aws().faults().onUpdates().of("lost").times(1).thenCutBeforeApplying();
    sent.forEach(
        name -> operator.aws().faults().onUpdates().of(name).times(1).thenMeanwhile(held::hold));
    operator.aws().faults().onUpdates().of("running").times(1).thenHoldUpdate();
    operator.aws().faults().onUpdates().of("held-for-long").times(1).thenHoldUpdate();
    operator
        .aws()
        .faults()
        .onUpdates()
        .of("failed")
        .times(1)
        .thenFailUpdate("The subnet was deleted", "InvalidSubnet");
    try (OperatorJar killed = operator.startJar(folder.resolve("killed"), Map.of())) {
      killed.awaitRunning();
      for (String name : all) {
        resources.apply(
            name,
            "functionName: "
                + name
                + (name.equals("refused") ? "\nruntime: cobol85" : "\ntimeout: 30"));
      }
      resources.awaitReady("at-rest");
      resources.awaitStalled("refused", "InvalidParameterValueException");
      resources.awaitStalled("failed", "InvalidSubnet");
      resources.awaitReason("running", "UpdateInProgress");
      resources.awaitReason("held-for-long", "UpdateInProgress");
      held.await(sent.size());
      for (String name : sent) {
        assertThat(resources.history(name)).as("written ahead for %s", name).hasSize(1);
        assertThat(resources.history(name).getFirst().outcome()).isEqualTo("InProgress");
      }

      // When: the operator is killed, and AWS processes its requests only then
      killed.kill();
    }
    held.release();
    Awaitility.await("AWS has dealt with what was sent")
        .atMost(PATIENCE)
        .until(() -> sent.stream().allMatch(name -> updates(name) == 1));
    operator.aws().settle("running");
    operator.aws().changeBehindTheBack("applied-then-drifted", "{\"Timeout\": 7}");
    resources.apply(
        "applied-then-respecified", "functionName: applied-then-respecified\ntimeout: 31");
    String atRest = resources.get("at-rest").getMetadata().getResourceVersion();
    try (OperatorJar next = operator.startJar(folder.resolve("next"), Map.of())) {
      next.awaitRunning();

      // Then: each change is applied once, and its outcome is reported
      for (String name : List.of("lost", "applied", "running")) {
        resources.awaitReady(name);
        assertThat(UpdateBody.appliedTimeouts(operator.aws(), name)).as(name).containsExactly(30);
        assertThat(resources.history(name))
            .as(name)
            .extracting(UpdateRecord::outcome)
            .containsExactly("Succeeded");
      }
      assertThat(updates("lost")).isEqualTo(2);
      assertThat(updates("applied")).isEqualTo(1);
      assertThat(updates("running")).isEqualTo(1);

      resources.awaitReady("applied-then-drifted");
      assertThat(UpdateBody.appliedTimeouts(operator.aws(), "applied-then-drifted"))
          .containsExactly(30, 30);
      resources.awaitReady("applied-then-respecified");
      assertThat(UpdateBody.appliedTimeouts(operator.aws(), "applied-then-respecified"))
          .containsExactly(30, 31);
      assertThat(resources.history("applied-then-respecified"))
          .extracting(UpdateRecord::outcome)
          .containsExactly("Succeeded", "Succeeded");

      // And an update that still runs is not repeated
      resources.awaitReason("held-for-long", "UpdateInProgress");
      assertThat(updates("held-for-long")).isEqualTo(1);
      operator.aws().settle("held-for-long");
      resources.awaitReady("held-for-long");
      assertThat(UpdateBody.appliedTimeouts(operator.aws(), "held-for-long")).containsExactly(30);
      assertThat(resources.history("held-for-long"))
          .extracting(UpdateRecord::outcome)
          .containsExactly("Succeeded");

      // And an error that needs a person is reported as before
      operator.awaitSweeps(2);
      resources.awaitStalled("refused", "InvalidParameterValueException");
      assertThat(resources.history("refused")).hasSize(1);
      assertThat(UpdateBody.appliedTimeouts(operator.aws(), "refused")).isEmpty();
      resources.awaitStalled("failed", "InvalidSubnet");
      assertThat(updates("failed")).isEqualTo(1);

      // And a resource in sync is not written
      assertThat(resources.get("at-rest").getMetadata().getResourceVersion()).isEqualTo(atRest);
      assertThat(updates("at-rest")).isEqualTo(1);
      assertThat(next.isAlive()).as(next::tail).isTrue();
    }
  }

  @Test
  void twoOperatorsAtOnceAndThenOneOfThemKilledMakeEachChangeOnce() throws Exception {
    // Given
    List<String> all = IntStream.range(0, 20).mapToObj(number -> "orders-" + number).toList();
    all.forEach(name -> operator.aws().createFunction(FunctionSeed.zip(name)));
    try (OperatorJar first = operator.startJar(folder.resolve("first"), Map.of());
        OperatorJar second = operator.startJar(folder.resolve("second"), Map.of())) {
      first.awaitRunning();
      second.awaitRunning();

      // When
      all.forEach(name -> resources.apply(name, "functionName: " + name + "\ntimeout: 30"));
      all.forEach(resources::awaitReady);
      all.forEach(name -> resources.apply(name, "functionName: " + name + "\ntimeout: 31"));
      all.forEach(resources::awaitReady);

      // Then
      all.forEach(
          name ->
              assertThat(UpdateBody.appliedTimeouts(operator.aws(), name))
                  .as(name)
                  .containsExactly(30, 31));

      // When: one operator is killed during its updates
      CountDownLatch midst = new CountDownLatch(10);
      operator.aws().faults().onUpdates().times(10).thenMeanwhile(midst::countDown);
      all.forEach(name -> resources.apply(name, "functionName: " + name + "\ntimeout: 32"));
      assertThat(midst.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      second.kill();
      all.forEach(resources::awaitReady);

      // Then
      operator.awaitSweeps(2);
      all.forEach(
          name ->
              assertThat(UpdateBody.appliedTimeouts(operator.aws(), name))
                  .as(name)
                  .containsExactly(30, 31, 32));
      assertThat(first.isAlive()).as(first::tail).isTrue();
    }
  }

  private int updates(String name) {
    return operator.aws().requests().updatesOf(name).size();
  }
}
