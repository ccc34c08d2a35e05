package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.cli.run.RunningOperator;
import dev.lambdaconfig.simulator.FunctionSeed;
import dev.lambdaconfig.simulator.LoggedRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Two operators without leader election work on the same resources: each change happens once, and
 * both become idle.
 */
final class TwoLeadersIT {

  private static final List<String> FUNCTIONS =
      IntStream.range(0, 12).mapToObj(number -> "orders-" + number).toList();

  @RegisterExtension
  final OperatorExtension operator = OperatorExtension.sweepingEverySecond().startedByTest();

  private final ResourceClient resources = operator.resources();

  private final List<RunningOperator> leaders = new ArrayList<>();

  @BeforeEach
  void twoLeaders() throws Exception {
    FUNCTIONS.forEach(name -> operator.aws().createFunction(FunctionSeed.zip(name)));
    leaders.add(
        operator.startAnother(
            setup -> setup.withOptions(operator.options()).withAccessKey("AKIDONE")));
    leaders.add(
        operator.startAnother(
            setup -> setup.withOptions(operator.options()).withAccessKey("AKIDOTHER")));
  }

  @AfterEach
  void stop() {
    leaders.forEach(RunningOperator::close);
  }

  @Test
  void aDriftIsPutBackOnceAndThenThereIsRest() {
    // Given
    declare(30);
    FUNCTIONS.forEach(resources::awaitReady);

    // When
    FUNCTIONS.forEach(name -> operator.aws().changeBehindTheBack(name, "{\"Timeout\": 7}"));

    // Then
    FUNCTIONS.forEach(
        name ->
            resources.await(name, "to be put back", now -> resources.history(name).size() == 2));
    FUNCTIONS.forEach(resources::awaitReady);
    FUNCTIONS.forEach(
        name ->
            assertThat(UpdateBody.appliedTimeouts(operator.aws(), name))
                .as(name)
                .containsExactly(30, 30));
    assertRest();
  }

  @Test
  void whatOthersChangeAtTheSameTimeIsNotLost() {
    // Given: a deployment sets another field between each read and write
    declare(30);
    FUNCTIONS.forEach(resources::awaitReady);
    for (String name : FUNCTIONS) {
      operator
          .aws()
          .faults()
          .onUpdates()
          .of(name)
          .times(1)
          .thenMeanwhile(
              () -> operator.aws().changeBehindTheBack(name, "{\"Description\": \"deployed\"}"));
    }

    // When
    declare(31);

    // Then
    FUNCTIONS.forEach(resources::awaitReady);
    for (String name : FUNCTIONS) {
      assertThat(UpdateBody.appliedTimeouts(operator.aws(), name)).as(name).containsExactly(30, 31);
      assertThat(operator.aws().function(name).get("Description").asText()).isEqualTo("deployed");
    }
    assertRest();
  }

  @Test
  void specsThatChangeFasterThanAwsSettlesEndWithTheLast() {
    // When
    IntStream.rangeClosed(10, 14).forEach(this::declare);

    // Then
    FUNCTIONS.forEach(resources::awaitReady);
    for (String name : FUNCTIONS) {
      assertThat(UpdateBody.appliedTimeouts(operator.aws(), name))
          .as(name)
          .doesNotHaveDuplicates()
          .isSorted()
          .endsWith(14);
    }
    assertRest();
  }

  /** Over many more looks by both: no update, and no status either. */
  private void assertRest() {
    // A state that one operator knew before the other one reported it is read again.
    operator.awaitSweeps(4);
    int updates = operator.aws().requests().updates().size();
    Map<String, String> versions = versions();
    operator.awaitSweeps(8);
    assertThat(operator.aws().requests().updates()).hasSize(updates);
    assertThat(versions()).isEqualTo(versions);
    assertThat(operator.aws().requests().reads())
        .extracting(LoggedRequest::accessKeyId)
        .contains("AKIDONE", "AKIDOTHER");
  }

  private Map<String, String> versions() {
    Map<String, String> versions = new HashMap<>();
    FUNCTIONS.forEach(
        name -> versions.put(name, resources.get(name).getMetadata().getResourceVersion()));
    return versions;
  }

  private void declare(int timeout) {
    FUNCTIONS.forEach(
        name -> resources.apply(name, "functionName: " + name + "\ntimeout: " + timeout));
  }
}
