package dev.lambdaconfig.ops.election;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lambdaconfig.timing.Timing;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpecBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which of several candidates holds a Lease, where no clock agrees with another one. */
final class LeaseElectorTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final SharedLease lease = new SharedLease();
  private Duration elapsed = Duration.ZERO;

  @Test
  void theFirstOneTakesTheLeaseAndKeepsIt() {
    // Given
    Candidate first = new Candidate("first");
    Candidate second = new Candidate("second");

    // When
    for (int i = 0; i < 30; i++) {
      first.elector.attempt();
      second.elector.attempt();
      pass(Duration.ofSeconds(2));
    }

    // Then
    assertThat(first.held).isEqualTo(30);
    assertThat(second.held).isZero();
    assertThat(lease.spec().getLeaseTransitions()).isZero();
    assertThat(lease.spec().getAcquireTime().toInstant()).isEqualTo(START);
    assertThat(lease.spec().getRenewTime().toInstant()).isEqualTo(START.plusSeconds(58));
  }

  @Test
  void aStandbyWhoseClockIsAheadDeposesNobody() {
    // Given
    Candidate leader = new Candidate("leader");
    Candidate ahead = new Candidate("ahead");
    ahead.offset = Duration.ofHours(1);

    // When
    for (int i = 0; i < 30; i++) {
      leader.elector.attempt();
      ahead.elector.attempt();
      pass(Duration.ofSeconds(2));
    }

    // Then
    assertThat(ahead.held).isZero();
    assertThat(leader.held).isEqualTo(30);
  }

  @Test
  void aStandbyWhoseClockIsBehindTakesOverAfterTheSameTime() {
    // Given
    new Candidate("leader").elector.attempt();
    Candidate behind = new Candidate("behind");
    behind.offset = Duration.ofHours(-1);
    behind.elector.attempt();

    // When
    pass(LeaseElector.LEASE.minusMillis(1));
    behind.elector.attempt();

    // Then
    assertThat(behind.held).isZero();

    // When
    pass(Duration.ofMillis(1));
    behind.elector.attempt();

    // Then
    assertThat(behind.held).isEqualTo(1);
    assertThat(lease.spec().getHolderIdentity()).isEqualTo("behind");
    assertThat(lease.spec().getLeaseTransitions()).isEqualTo(1);
  }

  @Test
  void aLeaderWhoseTimeOfDayIsPutForwardGoesOn() {
    // Given
    Candidate leader = new Candidate("leader");
    Candidate standby = new Candidate("standby");
    leader.elector.attempt();
    standby.elector.attempt();

    // When
    leader.offset = Duration.ofMinutes(1);
    pass(Duration.ofSeconds(2));
    leader.elector.attempt();
    standby.elector.attempt();

    // Then
    assertThat(leader.held).isEqualTo(2);
    assertThat(standby.held).isZero();
  }

  @Test
  void aReleasedLeaseIsTakenAtOnceAndNotTakenBack() {
    // Given
    Candidate leader = new Candidate("leader");
    Candidate standby = new Candidate("standby");
    leader.elector.attempt();
    standby.elector.attempt();

    // When
    leader.elector.release();
    leader.elector.attempt();
    standby.elector.attempt();

    // Then
    assertThat(leader.held).isEqualTo(1);
    assertThat(standby.held).isEqualTo(1);
  }

  @Test
  void theLeaseOfAnotherIsNotReleased() {
    // Given
    new Candidate("leader").elector.attempt();

    // When
    new Candidate("standby").elector.release();

    // Then
    assertThat(lease.spec().getHolderIdentity()).isEqualTo("leader");
  }

  @Test
  void aLeaseWithoutContentIsTaken() {
    // Given
    lease.put(null);
    Candidate candidate = new Candidate("candidate");

    // When
    candidate.elector.attempt();

    // Then
    assertThat(candidate.held).isEqualTo(1);
  }

  @Test
  void aLeaseWithoutTimesExpiresAsAnyOther() {
    // Given
    lease.put(new LeaseSpecBuilder().withHolderIdentity("somebody").build());
    Candidate candidate = new Candidate("candidate");
    candidate.elector.attempt();

    // When
    pass(LeaseElector.LEASE);
    candidate.elector.attempt();

    // Then
    assertThat(candidate.held).isEqualTo(1);
  }

  @Test
  void whoHasLostTheLeaseNeverTakesItBack() {
    // Given
    Candidate first = new Candidate("first");
    first.elector.attempt();
    LeaseSpec held = lease.spec();
    lease.put(new LeaseSpecBuilder(held).withHolderIdentity("second").build());

    // When
    first.elector.attempt();
    pass(LeaseElector.LEASE);
    lease.put(new LeaseSpecBuilder(held).withHolderIdentity("").build());
    first.elector.attempt();

    // Then
    assertThat(first.lost).isTrue();
    assertThat(first.held).isEqualTo(1);
  }

  @Test
  void aLeaseThatCannotBeReachedIsNotHeld() {
    // Given
    Candidate leader = new Candidate("leader");
    leader.elector.attempt();
    leader.store.cutOff();

    // When
    assertThatExceptionOfType(KubernetesClientException.class).isThrownBy(leader.elector::attempt);

    // Then
    assertThat(leader.held).isEqualTo(1);
  }

  private void pass(Duration time) {
    elapsed = elapsed.plus(time);
  }

  private final class Candidate implements LeaseElector.Listener {

    private final SharedLease.Access store = lease.access();
    private final LeaseElector elector;
    private Duration offset = Duration.ZERO;
    private int held;
    private boolean lost;

    Candidate(String name) {
      // The steady clock of each process has an origin of its own.
      long origin = name.hashCode() * 1_000_000_000L;
      elector =
          new LeaseElector(
              store,
              name,
              new Timing(new TimeOfDay(), () -> origin + elapsed.toNanos(), () -> 0.5),
              this);
    }

    @Override
    public void held() {
      held++;
    }

    @Override
    public boolean notHeld(String holder) {
      lost |= held > 0;
      return held == 0;
    }

    private final class TimeOfDay extends Clock {

      @Override
      public Instant instant() {
        return START.plus(elapsed).plus(offset);
      }

      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(@Nullable ZoneId zone) {
        return this;
      }
    }
  }
}
