package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.cli.run.RunningOperator;
import dev.lambdaconfig.decision.OperatorMode;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Two operators select the same resource and say something else about it. Both are right, and
 * neither may answer the other without end.
 */
final class OverlappingOperatorsIT {

  @RegisterExtension
  final OperatorExtension operator = OperatorExtension.sweepingEverySecond().startedByTest();

  private final ResourceClient resources = operator.resources();

  @Test
  void anObservingOperatorBesideAnEnforcingOneAnswersAtGrowingIntervals() throws Exception {
    // Given
    operator.start();
    operator.givenInSync("orders", "timeout: 30");

    // When
    AtomicInteger writes = new AtomicInteger();
    Watch watch = resources.resource("orders").watch(counting(writes));
    try (RunningOperator observer =
        operator.startAnother(
            setup -> setup.withOptions(operator.options().withMode(OperatorMode.OBSERVE)))) {
      Events.await(operator, "orders", "OverlappingOperators");
      int before = writes.get();

      // Then: after a few by each without delay, one by each after 1, 2, 4 and 8 seconds
      assertThat(before).isLessThan(20);
      Awaitility.await("few writes more")
          .during(Duration.ofSeconds(10))
          .atMost(Duration.ofSeconds(12))
          .until(() -> writes.get() - before < 20);
      assertThat(operator.running().managementPort()).isNotEqualTo(observer.managementPort());
    } finally {
      watch.close();
    }
    assertThat(Events.with(operator, "OverlappingOperators")).hasSizeLessThanOrEqualTo(2);
    assertThat(operator.aws().requests().updatesOf("orders")).hasSize(1);
  }

  private static Watcher<LambdaFunctionConfig> counting(AtomicInteger writes) {
    return new Watcher<>() {
      @Override
      public void eventReceived(Action action, LambdaFunctionConfig resource) {
        if (action == Action.MODIFIED) {
          writes.incrementAndGet();
        }
      }

      @Override
      public void onClose(WatcherException cause) {}
    };
  }
}
