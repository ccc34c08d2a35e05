package dev.lambdaconfig.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.aws.budget.World;
import dev.lambdaconfig.controller.UpdateBreaker.Pause;
import dev.lambdaconfig.controller.UpdateBreaker.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One change to a thousand functions. */
final class UpdateBreakerFleetTest {

  private static final String CODE = "InvalidParameterValueException";

  @Test
  void ofAThousandThatFailToSettleAHandfulIsSent() {
    // Given
    Fleet fleet = new Fleet(CODE);

    // When
    fleet.world.pass(Duration.ofMinutes(4));

    // Then
    assertThat(fleet.sent).hasSizeLessThanOrEqualTo(15);
    assertThat(fleet.pauses).hasSize(1);
  }

  @Test
  void theyGoOnWhenReleased() {
    // Given
    Fleet fleet = new Fleet(CODE);
    fleet.world.pass(Duration.ofMinutes(4));
    fleet.failureCode = null;

    // When
    fleet.breaker.release();
    fleet.world.pass(Duration.ofMinutes(3));

    // Then
    assertThat(fleet.succeeded).hasSize(1000);
  }

  @Test
  void aThousandGoodOnesAreHardlySlowedDown() {
    // Given
    Fleet fleet = new Fleet(null);

    // When
    fleet.world.pass(Duration.ofSeconds(10));

    // Then
    assertThat(fleet.succeeded).hasSize(1000);
    assertThat(fleet.asks).isLessThan(12_000);
  }

  /** A thousand that all want one update, which settles after 800 ms, and come back as told. */
  private static final class Fleet {

    private final World world = new World();
    private final UpdateBreaker breaker = new UpdateBreaker(world::nanos);
    private final List<String> sent = new ArrayList<>();
    private final Set<String> succeeded = new HashSet<>();
    private final List<Pause> pauses = new ArrayList<>();
    private int asks;
    private @Nullable String failureCode;

    private Fleet(@Nullable String failureCode) {
      this.failureCode = failureCode;
      for (int i = 0; i < 1000; i++) {
        String uid = "uid-" + i;
        world.after(Duration.ofMillis(i / 10), () -> wants(uid));
      }
    }

    private void wants(String uid) {
      asks++;
      switch (breaker.mayUpdate(uid, false)) {
        case Verdict.Wait wait -> world.after(wait.delay(), () -> wants(uid));
        case Verdict.Paused paused -> world.after(paused.delay(), () -> wants(uid));
        case Verdict.Go go -> {
          breaker.sent(uid);
          sent.add(uid);
          world.after(Duration.ofMillis(800), () -> settles(uid));
        }
      }
    }

    private void settles(String uid) {
      breaker.ended(uid, failureCode).ifPresent(pauses::add);
      if (failureCode == null) {
        succeeded.add(uid);
      } else {
        world.after(Duration.ofMinutes(1), () -> wants(uid));
      }
    }
  }
}
