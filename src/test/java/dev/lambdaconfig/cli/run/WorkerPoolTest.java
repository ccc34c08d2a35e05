package dev.lambdaconfig.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.aws.limit.Bulkheads;
import dev.lambdaconfig.timing.WaitingThreads;
import java.util.concurrent.ThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How many workers there are. */
final class WorkerPoolTest {

  private final WorkerPool pool = new WorkerPool(8);
  private final ThreadPoolExecutor executor = pool.executor();

  @AfterEach
  void shutDown() {
    executor.shutdownNow();
  }

  @Test
  void eachRegionAddsTheWorkersOfItsOwnCalls() {
    // When
    pool.resize(3);

    // Then
    assertThat(executor.getCorePoolSize()).isEqualTo(8 + 3 * Bulkheads.GUARANTEED);
    assertThat(executor.getMaximumPoolSize()).isEqualTo(8 + 3 * Bulkheads.GUARANTEED);

    // When
    pool.resize(1);

    // Then
    assertThat(executor.getCorePoolSize()).isEqualTo(8 + Bulkheads.GUARANTEED);
    assertThat(executor.getMaximumPoolSize()).isEqualTo(8 + Bulkheads.GUARANTEED);
  }

  @Test
  void aQuarterOfTheSharedWorkersIsLeftForWhatMakesNoCall() {
    assertThat(pool.sharedCalls()).isEqualTo(6);
    assertThat(new WorkerPool(64).sharedCalls()).isEqualTo(48);
  }

  @Test
  void workersAreVirtualThreadsWhereTheseCanWait() throws Exception {
    assertThat(executor.submit(() -> Thread.currentThread().isVirtual()).get())
        .isEqualTo(WaitingThreads.areVirtual());
  }
}
