package dev.lambdaconfig.ops.election;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.cluster.TestNamespace;
import dev.lambdaconfig.timing.Timing;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two candidates at a real API server, whose clocks differ by more than the Lease is valid. */
final class ElectionIT {

  private static final String LEASE = "election";
  private static final Duration AHEAD = Duration.ofSeconds(30);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @RegisterExtension final TestNamespace namespace = TestNamespace.forEachTest();

  @Test
  void aClockThatIsAheadDeposesNobodyAndADeadLeaderIsReplaced() {
    try (Candidate leader = new Candidate("leader", Duration.ZERO);
        Candidate standby = new Candidate("standby", AHEAD)) {
      // Given
      leader.stand();
      await("a leader").until(leader.leadership::isLeading);
      standby.stand();

      // When: the time of day of the leader is put forward as well, and both look several times
      leader.wall.addAndGet(AHEAD.toMillis());
      LeaseSpec before = spec();
      await("renewals")
          .until(() -> seconds(before, spec()) >= AHEAD.plus(LeaseElector.LEASE).toSeconds());

      // Then
      assertThat(standby.leadership.isLeading()).isFalse();
      assertThat(leader.leadership.isLeading()).isTrue();
      leader.leadership.requireHeld();
      assertThat(leader.halted.getCount()).isEqualTo(1);
      assertThat(spec().getLeaseTransitions()).isZero();

      // When
      leader.client.close();
      long died = System.nanoTime();

      // Then: it has ended before the standby leads
      await("the other leader").until(standby.leadership::isLeading);
      assertThat(Duration.ofNanos(System.nanoTime() - died))
          .isGreaterThan(LeaseElector.LEASE.minus(LeaseElector.RETRY.multipliedBy(2)));
      assertThat(leader.halted.getCount()).isZero();
      assertThat(spec().getHolderIdentity()).startsWith("standby_");
      assertThat(spec().getLeaseTransitions()).isEqualTo(1);
    }
  }

  private static long seconds(LeaseSpec from, LeaseSpec to) {
    return Duration.between(from.getRenewTime(), to.getRenewTime()).toSeconds();
  }

  private LeaseSpec spec() {
    return namespace
        .client()
        .leases()
        .inNamespace(namespace.name())
        .withName(LEASE)
        .get()
        .getSpec();
  }

  private static ConditionFactory await(String what) {
    return Awaitility.await(what).atMost(PATIENCE);
  }

  private final class Candidate implements AutoCloseable {

    private final AtomicLong wall;
    private final CountDownLatch halted = new CountDownLatch(1);
    private final KubernetesClient client;
    private final Leadership leadership;

    Candidate(String name, Duration offset) {
      wall = new AtomicLong(offset.toMillis());
      LeaseRenewals renewals =
          new LeaseRenewals(System::nanoTime, () -> System.currentTimeMillis() + wall.get());
      client =
          new KubernetesClientBuilder()
              .withConfig(new ConfigBuilder(config()).withRequestRetryBackoffLimit(0).build())
              .withHttpClientBuilderConsumer(
                  http -> http.addOrReplaceInterceptor(LeaseRenewals.NAME, renewals))
              .build();
      Timing system = Timing.system();
      leadership =
          new Leadership(
              namespace.name(),
              LEASE,
              name,
              renewals,
              new Timing(new ShiftedClock(wall), system.nanos(), system.random()),
              halted::countDown);
    }

    private Config config() {
      return Config.fromKubeconfig(namespace.server().kubeconfig().toFile());
    }

    void stand() {
      leadership.start(client, () -> {});
    }

    @Override
    public void close() {
      if (halted.getCount() > 0) {
        leadership.stopping();
        leadership.release();
        client.close();
      }
    }
  }

  private static final class ShiftedClock extends Clock {

    private final AtomicLong millis;

    ShiftedClock(AtomicLong millis) {
      this.millis = millis;
    }

    @Override
    public Instant instant() {
      return Instant.now().plusMillis(millis.get());
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
