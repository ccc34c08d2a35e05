package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.cluster.ApiServer;
import dev.lambdaconfig.packaged.OperatorJar;
import dev.lambdaconfig.simulator.FunctionSeed;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A standby takes over from a leader that ends in any way, and repeats no request. */
final class FailoverIT {

  private static final String LEASE = "failover";

  /** Less than the time for which a kubelet waits. */
  private static final Duration GRACE = Duration.ofSeconds(29);

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final List<String> FUNCTIONS =
      IntStream.range(0, 20).mapToObj(number -> "orders-" + number).toList();

  @RegisterExtension
  final OperatorExtension operator = OperatorExtension.sweepingEverySecond().startedByTest();

  private final ResourceClient resources = operator.resources();

  @TempDir Path folder = Path.of("");

  @Test
  void aStandbyGoesOnWhereALeaderEndedOrWasKilled() throws Exception {
    // Given
    FUNCTIONS.forEach(name -> operator.aws().createFunction(FunctionSeed.zip(name)));
    try (OperatorJar first = startLeader("first");
        OperatorJar second = start("second").awaitRunning()) {
      declare(30);
      FUNCTIONS.forEach(resources::awaitReady);

      // When: the leader gets SIGTERM during its updates
      CountDownLatch midst = midst();
      declare(31);
      await(midst);
      first.terminate();
      assertThat(first.exitCode(GRACE)).as(first::tail).isZero();
      assertThat(lease().getHolderIdentity()).doesNotStartWith("first_");

      // Then: it has released its Lease, and no update is lost or repeated
      awaitLeader(second, "second");
      FUNCTIONS.forEach(resources::awaitReady);
      FUNCTIONS.forEach(name -> assertThat(sent(name)).as(name).containsExactly(30, 31));

      // When: the next leader is killed during its updates
      try (OperatorJar third = start("third").awaitRunning()) {
        CountDownLatch nextMidst = midst();
        declare(32);
        await(nextMidst);
        second.kill();
        LeaseSpec left = lease();
        awaitLeader(third, "third");

        // Then: no standby took over before its Lease had expired, and no update is lost or
        // repeated
        assertThat(left.getHolderIdentity()).startsWith("second_");
        assertThat(lease().getAcquireTime())
            .isAfterOrEqualTo(left.getRenewTime().plusSeconds(left.getLeaseDurationSeconds()));
        FUNCTIONS.forEach(resources::awaitReady);
        FUNCTIONS.forEach(name -> assertThat(sent(name)).as(name).containsExactly(30, 31, 32));
        assertThat(third.isAlive()).as(third::tail).isTrue();
      }
    }
  }

  @Test
  void aLeaderThatStoodStillEndsItselfAndRepeatsNothing() throws Exception {
    // Given: a leader that hangs, as a frozen host does
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    try (OperatorJar first = startLeader("first");
        OperatorJar second = start("second").awaitRunning()) {
      resources.apply("orders", "functionName: orders\ntimeout: 30");
      resources.awaitReady("orders");
      first.pause();
      resources.apply("orders", "functionName: orders\ntimeout: 31");
      awaitLeader(second, "second");
      resources.awaitReady("orders");

      // When
      first.resume();

      // Then
      assertThat(first.exitCode(GRACE)).as(first::tail).isEqualTo(1);
      operator.awaitReads(2, List.of("orders"));
      resources.awaitReady("orders");
      assertThat(sent("orders")).containsExactly(30, 31);
      assertThat(lease().getHolderIdentity()).startsWith("second_");
      assertThat(second.isAlive()).as(second::tail).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"holderIdentity\": \"x\", \"leaseDurationSeconds\": 15}"})
  void aLeaseThatSomebodyHasEmptiedKeepsNobodyFromLeading(String spec) throws Exception {
    // Given
    operator.aws().createFunction(FunctionSeed.zip("orders"));
    resources.apply("orders", "functionName: orders\ntimeout: 30");
    LeaseSpec emptied = Serialization.unmarshal(spec, LeaseSpec.class);
    ApiServer.shared()
        .client()
        .resource(
            new LeaseBuilder()
                .withNewMetadata()
                .withName(LEASE)
                .withNamespace(operator.operatorNamespace())
                .endMetadata()
                .withSpec(emptied)
                .build())
        .create();

    // When
    try (OperatorJar first = startLeader("first")) {

      // Then
      resources.awaitReady("orders");
      first.terminate();
      assertThat(first.exitCode(GRACE)).as(first::tail).isZero();
    }
  }

  private OperatorJar start(String name) throws IOException {
    return operator.startJar(
        folder.resolve(name),
        Map.of("LAMBDA_CONFIG_LEADER_ELECT", "true", "LAMBDA_CONFIG_LEADER_ELECTION_LEASE", LEASE));
  }

  private OperatorJar startLeader(String name) throws IOException {
    OperatorJar jar = start(name);
    awaitLeader(jar, name);
    return jar;
  }

  private void declare(int timeout) {
    FUNCTIONS.forEach(
        name -> resources.apply(name, "functionName: " + name + "\ntimeout: " + timeout));
  }

  /** Open once some of the updates have arrived, and others have not. */
  private CountDownLatch midst() {
    CountDownLatch arrived = new CountDownLatch(FUNCTIONS.size() / 2);
    operator
        .aws()
        .faults()
        .onUpdates()
        .times(FUNCTIONS.size() / 2)
        .thenMeanwhile(arrived::countDown);
    return arrived;
  }

  private static void await(CountDownLatch midst) throws InterruptedException {
    assertThat(midst.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  private void awaitLeader(OperatorJar jar, String name) {
    jar.await("the leadership of " + name)
        .ignoreExceptionsInstanceOf(NullPointerException.class)
        .until(() -> lease().getHolderIdentity().startsWith(name + "_"));
  }

  private LeaseSpec lease() {
    return Objects.requireNonNull(
            ApiServer.shared()
                .client()
                .leases()
                .inNamespace(operator.operatorNamespace())
                .withName(LEASE)
                .get(),
            "no Lease")
        .getSpec();
  }

  /** The timeouts that were sent to AWS, in order, whatever became of them. */
  private List<Integer> sent(String name) {
    return operator.aws().requests().updatesOf(name).stream()
        .map(update -> update.member("Timeout").asInt())
        .toList();
  }
}
