package dev.lambdaconfig.ops.informer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

/** When a watch counts as lost, and when as back, at one look every 5 s. */
final class WatchHistoryTest {

  private static final WatchPatience PATIENCE = WatchPatience.of(Duration.ofSeconds(1));

  private final WatchHistory history = new WatchHistory(PATIENCE, 0);

  private int looks;

  @Test
  void aWatchThatStaysOpenIsNeverLost() {
    assertThat(lostAfter(720, look -> true)).isFalse();
  }

  @Test
  void theGapBetweenTwoWatchesLosesNothing() {
    // When it reconnects every 5 minutes, for the minute until the next bookmark
    boolean lost = false;
    for (int watch = 0; watch < 6; watch++) {
      lost |= lostAtAnyOf(13, look -> false);
      lost |= lostAtAnyOf(47, look -> true);
    }

    // Then
    assertThat(lost).isFalse();
  }

  @Test
  void aWatchThatIsGoneIsLostAfterTwoMinutes() {
    // Given
    lostAfter(100, look -> true);

    // Then
    assertThat(lostAfter(23, look -> false)).isFalse();
    assertThat(lostAfter(1, look -> false)).isTrue();
    assertThat(history.wasLost()).isTrue();
  }

  @Test
  void aWatchThatNeverOpensIsLostAfterTwoMinutes() {
    assertThat(lostAfter(23, look -> false)).isFalse();
    assertThat(lostAfter(1, look -> false)).isTrue();
  }

  @Test
  void aWatchThatOpensForAMomentNowAndThenIsLostAndStaysLost() {
    // Given one look in each minute that finds it open
    assertThat(lostAfter(30, look -> look % 12 == 0)).isTrue();

    // Then
    for (int minute = 0; minute < 10; minute++) {
      assertThat(lostAfter(12, look -> look % 12 == 0)).isTrue();
    }
  }

  @Test
  void aWatchThatStaysOpenForAWhileIsBack() {
    // Given
    lostAfter(40, look -> false);

    // Then
    assertThat(lostAfter(3, look -> true)).isTrue();
    assertThat(lostAfter(1, look -> true)).isFalse();
    // And patience begins anew.
    assertThat(lostAfter(23, look -> false)).isFalse();
  }

  /** Whether the watch is lost after so many more looks. */
  private boolean lostAfter(int more, IntPredicate watching) {
    boolean lost = false;
    for (int end = looks + more; looks < end; ) {
      looks++;
      lost = history.record(watching.test(looks), PATIENCE.poll().multipliedBy(looks).toNanos());
    }
    return lost;
  }

  private boolean lostAtAnyOf(int more, IntPredicate watching) {
    boolean lost = false;
    for (int look = 0; look < more; look++) {
      lost |= lostAfter(1, watching);
    }
    return lost;
  }
}
