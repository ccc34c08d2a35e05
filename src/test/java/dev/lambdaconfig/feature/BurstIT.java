package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * All functions of a fleet are adopted, and one field of all is changed at once, where AWS
 * throttles nobody: the workers are busy for long, and each resource is triggered while it waits
 * for one.
 */
final class BurstIT {

  private static final int SIZE = 200;

  /** A machine that is busy with other work can bring a trigger after the read that it is for. */
  private static final int A_FEW = SIZE / 10;

  @RegisterExtension
  final OperatorExtension operator =
      OperatorExtension.sweepingEverySecond()
          .withUpdateTime(Duration.ofMillis(800))
          .startedByTest();

  @Test
  void eachFunctionIsReadOnceWhenAdoptedAndOnceAfterItsUpdate() throws Exception {
    // Given
    operator.start(operator.options().withAwsMaxRequestsPerSecond(1000));
    Fleet fleet = Fleet.inSync(operator, SIZE);
    int adopted = operator.aws().requests().reads().size();
    operator.aws().requests().clear();

    // When
    fleet.apply("timeout: 31");
    fleet.awaitReady();

    // Then
    operator.awaitSweeps(2);
    assertThat(adopted).isBetween(SIZE, SIZE + A_FEW);
    assertThat(fleet.updates()).hasSize(SIZE);
    assertThat(operator.aws().requests().reads()).hasSizeBetween(SIZE, SIZE + A_FEW);
  }
}
