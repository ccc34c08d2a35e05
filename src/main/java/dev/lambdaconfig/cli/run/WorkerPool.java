package dev.lambdaconfig.cli.run;

import dev.lambdaconfig.aws.limit.Bulkheads;
import dev.lambdaconfig.debug.StateSizes;
import dev.lambdaconfig.timing.WaitingThreads;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The workers that run the reconciles: those of {@code --workers}, which all Regions share, and for
 * each Region as many as it has calls of its own.
 */
final class WorkerPool implements StateSizes.Source {

  private final int shared;
  private final ThreadPoolExecutor executor;

  /**
   * Creates a pool of virtual threads, where these can wait: a reconcile that waits for a call
   * blocks no platform thread.
   */
  WorkerPool(int shared) {
    this.shared = shared;
    this.executor =
        new ThreadPoolExecutor(
            shared,
            shared,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            WaitingThreads.builder().name("pass-", 0).factory());
    executor.allowCoreThreadTimeOut(true);
  }

  ThreadPoolExecutor executor() {
    return executor;
  }

  /**
   * Returns the maximum number of concurrent calls in all Regions together, besides those that each
   * Region has of its own. The other workers are for reconciles that make no call, or whose call is
   * deferred.
   */
  int sharedCalls() {
    return shared * 3 / 4;
  }

  /** Resizes the pool for this number of Regions. */
  void resize(int regions) {
    int most = shared + Bulkheads.GUARANTEED * regions;
    if (most > executor.getCorePoolSize()) {
      executor.setMaximumPoolSize(most);
      executor.setCorePoolSize(most);
    } else {
      executor.setCorePoolSize(most);
      executor.setMaximumPoolSize(most);
    }
  }

  @Override
  public void sizes(StateSizes sizes) {
    sizes.add("WorkerPool.executor", executor.getQueue().size());
  }
}
