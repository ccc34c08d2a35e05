package dev.lambdaconfig.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Lines on the standard error stream, one every half minute, while something takes its time. */
final class Progress implements AutoCloseable {

  private static final Duration PERIOD = Duration.ofSeconds(30);

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("progress").daemon().factory());

  /**
   * Begins.
   *
   * @param state what there is to say at a moment
   */
  Progress(String title, Supplier<String> state) {
    Instant start = Instant.now();
    var unused =
        timer.scheduleAtFixedRate(
            () ->
                System.err.println(
                    "  ... %s, %s: %s"
                        .formatted(
                            title,
                            Words.seconds(Duration.between(start, Instant.now())),
                            state.get())),
            PERIOD.toSeconds(),
            PERIOD.toSeconds(),
            TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
