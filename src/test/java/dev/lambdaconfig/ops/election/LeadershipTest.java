package dev.lambdaconfig.ops.election;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.timing.Timing;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpecBuilder;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The leadership of an operator, by clocks that only a test moves. */
final class LeadershipTest {

  private final AtomicLong nanos = new AtomicLong(5_000_000_000L);
  private final AtomicLong wall = new AtomicLong(1_700_000_000_000L);
  private final AtomicInteger halts = new AtomicInteger();
  private final LeaseRenewals renewals = new LeaseRenewals(nanos::get, wall::get);
  private final LeaseRequests requests = new LeaseRequests(renewals);
  private final AtomicInteger wins = new AtomicInteger();
  private final SharedLease lease = new SharedLease();
  private final Leadership leadership =
      new Leadership(
          "system",
          "operator",
          "host",
          renewals,
          new Timing(Clock.systemUTC(), nanos::get, () -> 0.5),
          halts::incrementAndGet);
  private final SharedLease.Access access = lease.access();
  private final LeaseElector elector = leadership.stand(access, wins::incrementAndGet);

  @Test
  void aLeaderThatRenewsGoesOn() {
    // Given
    renew();

    // When
    for (int i = 0; i < 20; i++) {
      advance(Duration.ofSeconds(9));
      renew();
      leadership.requireHeld();
    }

    // Then
    assertThat(halts).hasValue(0);
    assertThat(wins).hasValue(1);
  }

  @Test
  void aLeaderThatCannotRenewIsHaltedByItsOwnWatchdog() {
    // Given
    renew();

    // When
    advance(Leadership.RENEW_DEADLINE);

    // Then
    Awaitility.await("a halt").until(() -> halts.get() > 0);
    leadership.release();
  }

  @Test
  void aMachineThatSleptWritesNothingBeforeItHasTheLeaseAgain() {
    // Given: its steady clock stood still meanwhile
    renew();
    wall.addAndGet(Duration.ofMinutes(1).toMillis());
    CompletableFuture<Void> write = CompletableFuture.runAsync(leadership::requireHeld);

    // When
    Awaitility.await("the fence to wait")
        .during(Duration.ofMillis(500))
        .until(() -> !write.isDone());
    renew();

    // Then
    Awaitility.await("the write").until(write::isDone);
    assertThat(halts).hasValue(0);
    leadership.release();
  }

  @Test
  void aMachineThatSleptWritesNothingIfAnotherOneLeads() {
    // Given
    renew();
    wall.addAndGet(Duration.ofMinutes(1).toMillis());
    CompletableFuture<Void> write = CompletableFuture.runAsync(leadership::requireHeld);

    // When
    lease.put(new LeaseSpecBuilder(lease.spec()).withHolderIdentity("other").build());
    elector.attempt();

    // Then: once by the elector, and once instead of the write
    Awaitility.await("the write").until(write::isDone);
    assertThat(halts).hasValue(2);
  }

  @Test
  void aLostLeaseHaltsUnlessTheOperatorStops() {
    // Given
    renew();
    leadership.stopping();

    // When
    lease.put(new LeaseSpecBuilder(lease.spec()).withHolderIdentity("other").build());
    elector.attempt();

    // Then
    assertThat(halts).hasValue(0);
    assertThat(leadership.isLeading()).isFalse();
  }

  @Test
  void oneThatStopsLeavesAFreeLeaseToOthers() {
    // Given
    lease.put(new LeaseSpecBuilder().withHolderIdentity("").build());
    leadership.stopping();

    // When
    elector.attempt();

    // Then
    assertThat(lease.spec().getHolderIdentity()).isEmpty();
    assertThat(wins).hasValue(0);
  }

  @Test
  void orOneThatIsMissing() {
    // Given
    leadership.stopping();

    // When
    elector.attempt();

    // Then
    assertThat(lease.access().read()).isNull();
    assertThat(wins).hasValue(0);
  }

  @Test
  void oneThatIsStoppedDuringTheRequestBeginsNothingAndReleasesTheLease() {
    // Given
    access.beforeCreate = leadership::stopping;

    // When
    elector.attempt();

    // Then
    assertThat(lease.spec().getHolderIdentity()).startsWith("host_");
    assertThat(leadership.isLeading()).isFalse();
    assertThat(wins).hasValue(0);

    // When
    leadership.release();

    // Then
    assertThat(lease.spec().getHolderIdentity()).isEmpty();
  }

  @Test
  void aLeaderWhoseLeaseIsDeletedGoesOnAlsoWhileItStops() {
    // Given
    renew();
    leadership.stopping();
    lease.delete();

    // When
    renew();

    // Then
    assertThat(lease.spec().getHolderIdentity()).startsWith("host_");
    assertThat(leadership.isLeading()).isTrue();
    leadership.release();
  }

  private void renew() {
    requests.request("PATCH", true);
    elector.attempt();
  }

  private void advance(Duration time) {
    nanos.addAndGet(time.toNanos());
    wall.addAndGet(time.toMillis());
  }
}
