package dev.lambdaconfig.aws.limit;

import static dev.lambdaconfig.aws.limit.VirtualTime.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.aws.limit.queue.Priority;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** 48 calls at a time for all Regions, and two more for each. */
final class BulkheadsTest {

  private static final int ALL = 48;

  private final VirtualTime time = new VirtualTime();
  private final Bulkheads bulkheads = new Bulkheads(ALL);

  private static int fill(Bulkheads.Bulkhead region) {
    int entered = 0;
    while (region.tryEnter()) {
      entered++;
    }
    return entered;
  }

  @Test
  void oneRegionTakesHalfAtMost() {
    assertThat(fill(bulkheads.ofRegion())).isEqualTo(24);
    assertThat(fill(new Bulkheads(20).ofRegion())).isEqualTo(12);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 10, 20, 47, 200})
  void howeverManyRegionsHangEachHasCallsOfItsOwn(int hanging) {
    // When: one after the other, so that the first take the most
    int taken = IntStream.range(0, hanging).map(any -> fill(bulkheads.ofRegion())).sum();

    // Then
    assertThat(fill(bulkheads.ofRegion())).isGreaterThanOrEqualTo(Bulkheads.GUARANTEED);
    assertThat(taken).isLessThanOrEqualTo(ALL + hanging * Bulkheads.GUARANTEED);
  }

  @Test
  void threeRegionsThatHangLeaveMoreThanThatFree() {
    // When
    IntStream.range(0, 3).forEach(any -> fill(bulkheads.ofRegion()));

    // Then
    assertThat(fill(bulkheads.ofRegion())).isGreaterThan(Bulkheads.GUARANTEED);
  }

  @Test
  void whatIsGivenBackIsThereForOthers() {
    // Given
    Bulkheads.Bulkhead region = bulkheads.ofRegion();
    int entered = fill(region);

    // When
    region.leave();

    // Then
    assertThat(region.room()).isOne();
    assertThat(fill(region)).isOne();
    assertThat(entered).isEqualTo(24);
  }

  @Test
  void whereNothingIsSharedEachHasItsOwn() {
    assertThat(fill(new Bulkheads(0).ofRegion())).isEqualTo(Bulkheads.GUARANTEED);
  }

  @Test
  void aProbeGoesBesidesTheCallsThatHangThere() {
    // Given
    Bulkheads.Bulkhead region = bulkheads.ofRegion();
    fill(region);

    // Then
    assertThat(region.tryEnter()).isFalse();
    assertThat(region.tryProbe()).isTrue();
  }

  @Test
  void whoIsTurnedAwayIsCalledWhenACallEnds() {
    // Given: two accounts of one Region, whose calls hang
    RegionLimits region = new RegionLimits(time::nanos, bulkheads);
    AccountQuota one = new AccountQuota(14, time::nanos, WaitListener.NONE, region);
    AccountQuota other = new AccountQuota(14, time::nanos, WaitListener.NONE, region);
    List<Permit> hanging = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      time.pass(Duration.ofSeconds(1));
      for (RateLimiter limiter : List.of(one.control(), other.control(), one.getFunction())) {
        if (limiter.ask(id("uid-" + i), Priority.READ) instanceof Reservation.Granted granted) {
          hanging.add(granted.permit());
        }
      }
    }
    assertThat(hanging).hasSize(24);
    one.control().ask(id("last"), Priority.WRITE);
    assertThat(one.due()).isEmpty();

    // When
    hanging.getFirst().done(CallOutcome.ANSWERED);

    // Then
    assertThat(one.control().due()).containsExactly(id("last"));
    assertThat(one.control().ask(id("last"), Priority.WRITE))
        .isInstanceOf(Reservation.Granted.class);
    assertThat(other.due()).isEmpty();
  }
}
