package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.UpdateRecord;
import dev.lambdaconfig.cli.RunOptions;
import dev.lambdaconfig.cli.RunningOperator;
import dev.lambdaconfig.simulator.FunctionSeed;
import dev.lambdaconfig.simulator.LoggedRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A fleet is divided between two operators: each keeps its part, and nothing is done twice. */
final class ShardingIT {

  /** The access keys by which AWS tells the two apart. */
  private static final String A = "AKIDSHARDA";

  private static final String B = "AKIDSHARDB";

  private static final Map<String, String> TO_A = Map.of("shard", "a");
  private static final Map<String, String> TO_B = Map.of("shard", "b");
  private static final String SPEC = "functionName: orders\ntimeout: 30";

  @RegisterExtension final Stage stage = Stage.withoutOperator();
  @RegisterExtension final Stage neighbour = Stage.withoutOperator();

  private final List<RunningOperator> shards = new ArrayList<>();

  @AfterEach
  void stopShards() {
    shards.forEach(RunningOperator::close);
  }

  @Test
  void eachFunctionIsKeptByTheOperatorThatSelectsIt() throws Exception {
    // Given
    List<String> ofA = IntStream.range(0, 5).mapToObj(number -> "a-" + number).toList();
    List<String> ofB = IntStream.range(0, 5).mapToObj(number -> "b-" + number).toList();
    ofA.forEach(name -> stage.aws().createFunction(FunctionSeed.zip(name)));
    ofB.forEach(name -> stage.aws().createFunction(FunctionSeed.zip(name)));
    stage.aws().createFunction(FunctionSeed.zip("nobodys"));
    startShard("a", A);
    startShard("b", B);

    // When
    stage.apply("nobodys", "functionName: nobodys\ntimeout: 30");
    ofA.forEach(name -> stage.apply(name, TO_A, "functionName: " + name + "\ntimeout: 30"));
    ofB.forEach(name -> stage.apply(name, TO_B, "functionName: " + name + "\ntimeout: 30"));
    ofA.forEach(stage::awaitReady);
    ofB.forEach(stage::awaitReady);

    // Then
    stage.awaitRounds(4);
    ofA.forEach(name -> assertThat(updatedBy(name)).as(name).containsExactly(A));
    ofB.forEach(name -> assertThat(updatedBy(name)).as(name).containsExactly(B));
    assertThat(askedBy("a-")).containsOnly(A);
    assertThat(askedBy("b-")).containsOnly(B);
    assertThat(askedBy("nobodys")).isEmpty();
    assertThat(stage.status("nobodys").observedGeneration).isEqualTo(-1);
  }

  @Test
  void anotherLabelHandsAResourceOverWithoutAnotherUpdate() throws Exception {
    // Given
    stage.aws().createFunction(FunctionSeed.zip("orders"));
    startShard("a", A);
    startShard("b", B);
    stage.apply("orders", TO_A, SPEC);
    stage.awaitReady("orders");

    // When
    LambdaFunctionConfig handedOver = stage.apply("orders", TO_B, SPEC);

    // Then: it is looked at by the other one, and there is nothing to do and nothing to tell
    awaitReadsBy(B, 2);
    stage.aws().requests().clear();
    awaitReadsBy(B, 2);
    assertThat(askedBy("orders")).containsOnly(B);
    assertThat(stage.aws().requests().updates()).isEmpty();
    assertThat(stage.get("orders").getMetadata().getResourceVersion())
        .isEqualTo(handedOver.getMetadata().getResourceVersion());

    // And from now on it is the other one's
    stage.apply("orders", TO_B, "functionName: orders\ntimeout: 31");
    stage.awaitReady("orders");
    assertThat(updatedBy("orders")).containsExactly(B);
  }

  @Test
  void anUpdateThatRunsDuringTheHandOverIsSettledByTheOther() throws Exception {
    // Given
    stage.aws().createFunction(FunctionSeed.zip("orders"));
    stage.aws().faults().onUpdates().of("orders").times(1).thenHoldUpdate();
    startShard("a", A);
    startShard("b", B);
    stage.apply("orders", TO_A, SPEC);
    stage.awaitReason("orders", "UpdateInProgress");

    // When
    stage.apply("orders", TO_B, SPEC);
    awaitReadsBy(B, 1);
    stage.aws().settle("orders");

    // Then
    stage.awaitReady("orders");
    assertThat(updatedBy("orders")).containsExactly(A);
    assertThat(stage.history("orders"))
        .extracting(UpdateRecord::outcome)
        .containsExactly("Succeeded");
  }

  @Test
  void aResourceThatComesBackIsKeptAgain() throws Exception {
    // Given
    stage.aws().createFunction(FunctionSeed.zip("orders"));
    startShard("a", A);
    stage.apply("orders", TO_A, SPEC);
    stage.awaitReady("orders");
    stage.apply("orders", TO_B, SPEC);

    // When: at once, while it is still being forgotten
    stage.apply("orders", TO_A, SPEC);
    stage.aws().changeBehindTheBack("orders", "{\"Timeout\": 7}");

    // Then
    stage.await("orders", "to be put back", resource -> stage.history("orders").size() == 2);
    stage.awaitReady("orders");
    assertThat(stage.aws().function("orders").get("Timeout").asInt()).isEqualTo(30);
    assertThat(updatedBy("orders")).containsExactly(A, A);
  }

  @Test
  void namespacesDivideAFleetAsWell() throws Exception {
    // Given: two namespaces, and one AWS
    stage.aws().createFunction(FunctionSeed.zip("orders"));
    stage.aws().createFunction(FunctionSeed.zip("mails"));
    start(namespace(stage), A);
    start(namespace(neighbour), B);

    // When
    stage.apply("orders", SPEC);
    neighbour.apply("mails", "functionName: mails\ntimeout: 30");

    // Then
    stage.awaitReady("orders");
    neighbour.awaitReady("mails");
    stage.awaitReads(2, List.of("orders", "mails"));
    assertThat(updatedBy("orders")).containsExactly(A);
    assertThat(updatedBy("mails")).containsExactly(B);
    assertThat(askedBy("orders")).containsOnly(A);
    assertThat(askedBy("mails")).containsOnly(B);
  }

  private void startShard(String name, String accessKey) throws Exception {
    start(stage.options().withSelector("shard=" + name), accessKey);
  }

  private void start(RunOptions options, String accessKey) throws Exception {
    shards.add(stage.anotherOperator(options, accessKey));
  }

  private static RunOptions namespace(Stage of) {
    return new RunOptions(Duration.ofSeconds(1), 0, Set.of(of.namespace()), false);
  }

  private List<String> updatedBy(String function) {
    return stage.aws().requests().updatesOf(function).stream()
        .map(LoggedRequest::accessKeyId)
        .map(String::valueOf)
        .toList();
  }

  /** Who asked anything about functions whose name begins like this. */
  private List<String> askedBy(String prefix) {
    return stage.aws().requests().all().stream()
        .filter(request -> String.valueOf(request.functionName()).startsWith(prefix))
        .map(LoggedRequest::accessKeyId)
        .map(String::valueOf)
        .toList();
  }

  private void awaitReadsBy(String accessKey, int more) {
    long before = readsBy(accessKey);
    Awaitility.await(more + " more reads by " + accessKey)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> readsBy(accessKey) >= before + more);
  }

  private long readsBy(String accessKey) {
    return stage.aws().requests().reads().stream()
        .filter(read -> accessKey.equals(read.accessKeyId()))
        .count();
  }
}
