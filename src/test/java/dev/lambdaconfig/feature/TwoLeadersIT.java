package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.cli.RunningOperator;
import dev.lambdaconfig.simulator.FunctionSeed;
import dev.lambdaconfig.simulator.LoggedRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Two operators work on the same resources and nothing elects one of them: each change happens
 * once, none is lost, and they come to rest.
 */
final class TwoLeadersIT {

  private static final List<String> FUNCTIONS =
      IntStream.range(0, 12).mapToObj(number -> "orders-" + number).toList();

  @RegisterExtension final Stage stage = Stage.withoutOperator();

  private final List<RunningOperator> leaders = new ArrayList<>();

  @BeforeEach
  void twoLeaders() throws Exception {
    FUNCTIONS.forEach(name -> stage.aws().createFunction(FunctionSeed.zip(name)));
    leaders.add(stage.anotherOperator(stage.options(), "AKIDONE"));
    leaders.add(stage.anotherOperator(stage.options(), "AKIDOTHER"));
  }

  @AfterEach
  void stop() {
    leaders.forEach(RunningOperator::close);
  }

  @Test
  void aDriftIsPutBackOnceAndThenThereIsRest() {
    // Given
    declare(30);
    FUNCTIONS.forEach(stage::awaitReady);

    // When
    FUNCTIONS.forEach(name -> stage.aws().changeBehindTheBack(name, "{\"Timeout\": 7}"));

    // Then
    FUNCTIONS.forEach(
        name -> stage.await(name, "to be put back", now -> stage.history(name).size() == 2));
    FUNCTIONS.forEach(stage::awaitReady);
    FUNCTIONS.forEach(name -> assertThat(applied(name)).as(name).containsExactly(30, 30));
    assertRest();
  }

  @Test
  void whatOthersChangeAtTheSameTimeIsNotLost() {
    // Given: a deployment sets another field between each read and write
    declare(30);
    FUNCTIONS.forEach(stage::awaitReady);
    for (String name : FUNCTIONS) {
      stage
          .aws()
          .faults()
          .onUpdates()
          .of(name)
          .times(1)
          .thenMeanwhile(
              () -> stage.aws().changeBehindTheBack(name, "{\"Description\": \"deployed\"}"));
    }

    // When
    declare(31);

    // Then
    FUNCTIONS.forEach(stage::awaitReady);
    for (String name : FUNCTIONS) {
      assertThat(applied(name)).as(name).containsExactly(30, 31);
      assertThat(stage.aws().function(name).get("Description").asText()).isEqualTo("deployed");
    }
    assertRest();
  }

  @Test
  void specsThatChangeFasterThanAwsSettlesEndWithTheLast() {
    // When
    IntStream.rangeClosed(10, 14).forEach(this::declare);

    // Then
    FUNCTIONS.forEach(stage::awaitReady);
    for (String name : FUNCTIONS) {
      assertThat(applied(name)).as(name).doesNotHaveDuplicates().isSorted().endsWith(14);
    }
    assertRest();
  }

  /** Over many more looks by both: no update, and no status either. */
  private void assertRest() {
    // What one of them knew before the other one told it is looked at again.
    stage.awaitRounds(4);
    int updates = stage.aws().requests().updates().size();
    Map<String, String> versions = versions();
    stage.awaitRounds(8);
    assertThat(stage.aws().requests().updates()).hasSize(updates);
    assertThat(versions()).isEqualTo(versions);
    assertThat(stage.aws().requests().reads())
        .extracting(LoggedRequest::accessKeyId)
        .contains("AKIDONE", "AKIDOTHER");
  }

  private Map<String, String> versions() {
    Map<String, String> versions = new HashMap<>();
    FUNCTIONS.forEach(
        name -> versions.put(name, stage.get(name).getMetadata().getResourceVersion()));
    return versions;
  }

  private void declare(int timeout) {
    FUNCTIONS.forEach(name -> stage.apply(name, "functionName: " + name + "\ntimeout: " + timeout));
  }

  /** The timeouts that AWS took, in order. */
  private List<Integer> applied(String name) {
    return stage.aws().requests().updatesOf(name).stream()
        .filter(LoggedRequest::applied)
        .map(update -> Objects.requireNonNull(update.body()).get("Timeout").asInt())
        .toList();
  }
}
