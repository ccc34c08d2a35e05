package dev.lambdaconfig.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import java.time.Duration;
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
  private final Leadership leadership =
      new Leadership("system", "operator", "host", renewals, halts::incrementAndGet);
  private final LeaderCallbacks callbacks =
      leadership.configuration().getLeaderCallbacks().orElseThrow();

  @Test
  void aLeaderThatRenewsGoesOn() {
    // Given
    requests.request("PUT", true);
    callbacks.onStartLeading();

    // When
    for (int i = 0; i < 20; i++) {
      advance(Duration.ofSeconds(9));
      requests.request("PUT", true);
      leadership.requireHeld();
    }

    // Then
    assertThat(halts).hasValue(0);
  }

  @Test
  void aLeaderThatCannotRenewIsHaltedByItsOwnWatchdog() {
    // Given
    requests.request("PUT", true);
    callbacks.onStartLeading();

    // When
    advance(Leadership.RENEW_DEADLINE);

    // Then
    Awaitility.await("a halt").until(() -> halts.get() > 0);
    callbacks.onStopLeading();
  }

  @Test
  void aMachineThatSleptWritesNothing() {
    // Given: its steady clock stood still meanwhile
    requests.request("PUT", true);
    callbacks.onStartLeading();

    // When
    wall.addAndGet(Duration.ofMinutes(1).toMillis());
    leadership.requireHeld();

    // Then
    assertThat(halts).hasValue(1);
    callbacks.onStopLeading();
  }

  @Test
  void aLostLeaseHaltsUnlessTheOperatorStops() {
    // Given
    requests.request("PUT", true);
    callbacks.onStartLeading();
    leadership.stopping();

    // When
    callbacks.onStopLeading();

    // Then
    assertThat(halts).hasValue(0);
    callbacks.onStartLeading();
    assertThat(leadership.isLeading()).isTrue();
  }

  private void advance(Duration time) {
    nanos.addAndGet(time.toNanos());
    wall.addAndGet(time.toMillis());
  }
}
