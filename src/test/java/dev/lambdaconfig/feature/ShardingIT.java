package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.UpdateRecord;
import dev.lambdaconfig.cli.options.RunOptions;
import dev.lambdaconfig.cli.run.RunningOperator;
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

/** Two operators share a fleet by labels: each updates its part, and no update is sent twice. */
final class ShardingIT {

  /** The access keys by which the simulator distinguishes the two operators. */
  private static final String A = "AKIDSHARDA";

  private static final String B = "AKIDSHARDB";

  private static final Map<String, String> TO_A = Map.of("shard", "a");
  private static final Map<String, String> TO_B = Map.of("shard", "b");
  private static final String SPEC = "functionName: orders\ntimeout: 30";

  @RegisterExtension
  final OperatorExtension operator = OperatorExtension.sweepingEverySecond().startedByTest();

  private final ResourceClient resources = operator.resources();

  @RegisterExtension
  final OperatorExtension neighbour = OperatorExtension.sweepingEverySecond().startedByTest();

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
    ofA.forEach(name -> operator.aws().createFunction(FunctionSeed.zip(name)));
    ofB.forEach(name -> operator.aws().createFunction(FunctionSeed.zip(name)));
    operator.aws().createFunction(FunctionSeed.zip("nobodys"));
    startShard("a", A);
    startShard("b", B);

    // When
    resources.apply("nobodys", "functionName: nobodys\ntimeout: 30");
    ofA.forEach(name -> resources.apply(name, TO_A, "functionName: " + name + "\ntimeout: 30"));
    ofB.forEach(name -> resources.apply(name, TO_B, "functionName: " + name + "\ntimeout: 30"));
    ofA.forEach(resources::awaitReady);
    ofB.forEach(resources::awaitReady);

    // Then
    operator.awaitSweeps(4);
    ofA.forEach(name -> assertThat(updatedBy(name)).as(name).containsExactly(A));
    ofB.forEach(name -> assertThat(updatedBy(name)).as(name).containsExactly(B));
    assertThat(askedBy("a-")).containsOnly(A);
    assertThat(askedBy("b-")).containsOnly(B);
    assertThat(askedBy("nobodys")).isEmpty();
    assertThat(resources.status("nobodys").observedGeneration).isEqualTo(-1);
  }

  @Test
  void anotherLabelHandsAResourceOverWithoutAnotherUpdate() throws Exception {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    startShard("a", A);
    startShard("b", B);
    resources.apply("orders", TO_A, SPEC);
    resources.awaitReady("orders");

    // When
    LambdaFunctionConfig handedOver = resources.apply("orders", TO_B, SPEC);

    // Then: the other operator reconciles it, and finds nothing to update or report
    awaitReadsBy(B, 2);
    operator.aws().requests().clear();
    awaitReadsBy(B, 2);
    assertThat(askedBy("orders")).containsOnly(B);
    assertThat(operator.aws().requests().updates()).isEmpty();
    assertThat(resources.get("orders").getMetadata().getResourceVersion())
        .isEqualTo(handedOver.getMetadata().getResourceVersion());

    // And from now on the other operator owns it
    resources.apply("orders", TO_B, "functionName: orders\ntimeout: 31");
    resources.awaitReady("orders");
    assertThat(updatedBy("orders")).containsExactly(B);
  }

  @Test
  void anUpdateThatRunsDuringTheHandOverIsSettledByTheOther() throws Exception {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    operator.aws().faults().onUpdates().of("orders").times(1).thenHoldUpdate();
    startShard("a", A);
    startShard("b", B);
    resources.apply("orders", TO_A, SPEC);
    resources.awaitReason("orders", "UpdateInProgress");

    // When
    resources.apply("orders", TO_B, SPEC);
    awaitReadsBy(B, 1);
    operator.aws().settle("orders");

    // Then
    resources.awaitReady("orders");
    assertThat(updatedBy("orders")).containsExactly(A);
    assertThat(resources.history("orders"))
        .extracting(UpdateRecord::outcome)
        .containsExactly("Succeeded");
  }

  @Test
  void aResourceThatComesBackIsKeptAgain() throws Exception {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    startShard("a", A);
    resources.apply("orders", TO_A, SPEC);
    resources.awaitReady("orders");
    resources.apply("orders", TO_B, SPEC);

    // When: at once, while the first operator still releases it
    resources.apply("orders", TO_A, SPEC);
    operator.aws().changeBehindTheBack("orders", "{\"Timeout\": 7}");

    // Then
    resources.await(
        "orders", "to be put back", resource -> resources.history("orders").size() == 2);
    resources.awaitReady("orders");
    assertThat(operator.aws().function("orders").get("Timeout").asInt()).isEqualTo(30);
    assertThat(updatedBy("orders")).containsExactly(A, A);
  }

  @Test
  void namespacesDivideAFleetAsWell() throws Exception {
    // Given: two namespaces and one AWS account
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    operator.aws().createFunction(FunctionSeed.zip("mails"));
    start(namespace(operator), A);
    start(namespace(neighbour), B);

    // When
    resources.apply("orders", SPEC);
    neighbour.resources().apply("mails", "functionName: mails\ntimeout: 30");

    // Then
    resources.awaitReady("orders");
    neighbour.resources().awaitReady("mails");
    operator.awaitReads(2, List.of("orders", "mails"));
    assertThat(updatedBy("orders")).containsExactly(A);
    assertThat(updatedBy("mails")).containsExactly(B);
    assertThat(askedBy("orders")).containsOnly(A);
    assertThat(askedBy("mails")).containsOnly(B);
  }

  private void startShard(String name, String accessKey) throws Exception {
    start(operator.options().withSelector("shard=" + name), accessKey);
  }

  private void start(RunOptions options, String accessKey) throws Exception {
    shards.add(operator.startAnother(setup -> setup.withOptions(options).withAccessKey(accessKey)));
  }

  private static RunOptions namespace(OperatorExtension of) {
    return new RunOptions(Duration.ofSeconds(1), 0, Set.of(of.namespace()), false);
  }

  private List<String> updatedBy(String function) {
    return operator.aws().requests().updatesOf(function).stream()
        .map(LoggedRequest::accessKeyId)
        .map(String::valueOf)
        .toList();
  }

  /** The access keys of the requests about functions with this prefix. */
  private List<String> askedBy(String prefix) {
    return operator.aws().requests().all().stream()
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
    return operator.aws().requests().reads().stream()
        .filter(read -> accessKey.equals(read.accessKeyId()))
        .count();
  }
}
