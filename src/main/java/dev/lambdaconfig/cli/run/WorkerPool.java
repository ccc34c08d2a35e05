package dev.lambdaconfig.cli.run;

import dev.lambdaconfig.aws.limit.Bulkheads;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The workers that make the passes: those of {@code --workers}, which all Regions share, and for
 * each Region as many as it has calls of its own.
 */
final class WorkerPool {

  private final int shared;
  private final ThreadPoolExecutor executor;

  /** Virtual threads: a pass holds none while a call is under way. */
  WorkerPool(int shared) {
    this.shared = shared;
    this.executor =
        new ThreadPoolExecutor(
            shared,
            shared,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofVirtual().name("pass-", 0).factory());
    executor.allowCoreThreadTimeOut(true);
  }

  ThreadPoolExecutor executor() {
    return executor;
  }

  /**
   * The calls that may be under way in all Regions together, besides those that each has of its
   * own: the rest of the workers is for passes that make no call, or only find out that it waits.
   */
  int sharedCalls() {
    return shared * 3 / 4;
  }

  /** Serves so many Regions from now on. */
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
}
