package dev.lambdaconfig.kube.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How soon another operator's status is answered. */
final class OverlapsTest {

  private final AtomicLong nanos = new AtomicLong();
  private final Overlaps overlaps = new Overlaps(nanos::get);

  @Test
  void theFirstAnswersAreImmediateAndLaterOnesWaitTwiceAsLongUpToFiveMinutes() {
    contradict(3);
    assertThat(overlaps.delay("a")).isZero();

    contradict(1);
    assertThat(overlaps.delay("a")).isEqualTo(Duration.ofSeconds(1));
    contradict(3);
    assertThat(overlaps.delay("a")).isEqualTo(Duration.ofSeconds(8));
    contradict(100);
    assertThat(overlaps.delay("a")).isEqualTo(Duration.ofMinutes(5));
    assertThat(overlaps.delay("b")).isZero();
  }

  @Test
  void theDelayPasses() {
    contradict(5);

    nanos.addAndGet(Duration.ofMillis(1500).toNanos());

    assertThat(overlaps.delay("a")).isEqualTo(Duration.ofMillis(500));
  }

  @Test
  void anAgreementOrAQuietTimeEndsIt() {
    contradict(5);
    overlaps.accepted("a");
    overlaps.agreed("a");
    assertThat(overlaps.delay("a")).isZero();

    contradict(5);
    nanos.addAndGet(Duration.ofMinutes(16).toNanos());
    assertThat(overlaps.delay("a")).isZero();
  }

  @Test
  void aWriteThatAnswersNobodyCountsNothing() {
    for (int i = 0; i < 10; i++) {
      overlaps.wrote("a", "ns/a");
    }

    assertThat(overlaps.delay("a")).isZero();
  }

  @Test
  void oneWarningStandsForAllResources() {
    contradict(3);
    assertThat(overlaps.takeWarning("a")).isFalse();
    contradict(1);
    for (int i = 0; i < 5; i++) {
      overlaps.accepted("b");
      overlaps.wrote("b", "ns/b");
    }

    assertThat(overlaps.takeWarning("b")).isFalse();
    assertThat(overlaps.takeWarning("a")).isTrue();
    assertThat(overlaps.takeWarning("a")).isFalse();
  }

  private void contradict(int times) {
    for (int i = 0; i < times; i++) {
      overlaps.accepted("a");
      overlaps.wrote("a", "ns/a");
    }
  }
}
