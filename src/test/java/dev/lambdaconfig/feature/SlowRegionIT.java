package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.simulator.FunctionSeed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Slow Regions occupy a limited share of the workers, and delay no other Region. */
final class SlowRegionIT {

  /** Less than the time limit of a call, so that the endpoint does not count as unavailable. */
  private static final Duration SLOW = Duration.ofSeconds(15);

  /** The usual number of workers. */
  private static final int WORKERS = 64;

  @RegisterExtension
  final OperatorExtension operator = OperatorExtension.sweepingEverySecond().startedByTest();

  private final Set<String> slow = new TreeSet<>();
  private final AtomicInteger arrived = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();

  @Test
  void threeRegionsThatAnswerAfterFifteenSecondsDelayNoOther() throws Exception {
    aFastRegionGoesOnBesides(List.of("us-east-1", "us-west-2", "ap-southeast-2"), 60);
  }

  @Test
  void twentyRegionsThatAnswerAfterFifteenSecondsDelayNoOther() throws Exception {
    List<String> regions = new ArrayList<>();
    for (char last = 'a'; last < 'a' + 20; last++) {
      regions.add("zz-aa" + last + "-1");
    }
    aFastRegionGoesOnBesides(regions, 9);
  }

  private void aFastRegionGoesOnBesides(List<String> regions, int each) throws Exception {
    // Given
    slow.addAll(regions);
    operator.start(operator.options().withRegions(slow));
    Fleet fast = Fleet.of(operator, 3, seed -> seed);
    fast.apply("timeout: 30");
    fast.awaitReady();
    operator
        .aws()
        .faults()
        .onAnything()
        .when(call -> slow.contains(call.region()))
        .always()
        .thenMeanwhile(this::count);
    operator
        .aws()
        .faults()
        .onAnything()
        .when(call -> slow.contains(call.region()))
        .always()
        .thenDelay(SLOW);
    List<String> names = new ArrayList<>();
    for (String region : regions) {
      for (int i = 0; i < each; i++) {
        String name = region + "-" + i;
        operator.aws().region(region).createFunction(FunctionSeed.zip(name));
        names.add(name);
      }
    }
    Fleet far = fast.named(names);
    far.apply(
        name -> "region: %s\ntimeout: 30".formatted(name.substring(0, name.lastIndexOf('-'))));
    int expected = Math.min(regions.size() * 4, WORKERS / 2);
    Awaitility.await("calls that take their time")
        .atMost(Fleet.PATIENCE)
        .until(() -> underWay() >= expected);

    for (int timeout = 31; timeout < 34; timeout++) {
      // When
      Instant began = Instant.now();
      fast.apply("timeout: " + timeout);
      fast.awaitReady();

      // Then
      assertThat(Duration.between(began, Instant.now())).isLessThan(SLOW);
      assertThat(underWay()).isPositive();
    }
    assertThat(most.get())
        .as("calls under way in slow Regions")
        .isLessThanOrEqualTo(WORKERS * 3 / 4 + 2 * regions.size());
    assertThat(operator.scrape().sum("lambdaconfig_passes_queued", Map.of()))
        .as("reconciles that find no worker")
        .isLessThan(WORKERS);
  }

  private void count() {
    arrived.incrementAndGet();
    most.accumulateAndGet(underWay(), Math::max);
  }

  private int underWay() {
    return arrived.get()
        - operator.aws().requests().where(request -> slow.contains(request.region())).size();
  }
}
