package dev.lambdaconfig.cli.run;

import dev.lambdaconfig.authorization.Policy;
import dev.lambdaconfig.authorization.PolicyException;
import dev.lambdaconfig.authorization.PolicyFile;
import dev.lambdaconfig.cli.options.RunOptions;
import dev.lambdaconfig.cli.preflight.StartupException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The policy of the operator, read again from its file while the operator runs. */
final class PolicyWatch implements Supplier<Policy>, AutoCloseable {

  /**
   * Interval at which the file is read; a change takes two of them. A mounted ConfigMap changes by
   * a symbolic link, of which not every file system notifies, and takes up to a minute to arrive
   * anyway.
   */
  private static final Duration INTERVAL = Duration.ofSeconds(2);

  private static final Logger LOG = LoggerFactory.getLogger(PolicyWatch.class);

  private final @Nullable PolicyFile file;
  private @Nullable ScheduledExecutorService timer;

  private PolicyWatch(@Nullable PolicyFile file) {
    this.file = file;
  }

  /**
   * Reads the file of the options, if they name one.
   *
   * @throws StartupException if it cannot be used: without it, everything would be allowed
   */
  static PolicyWatch of(RunOptions options) throws StartupException {
    Path path = options.authorization().policyFile();
    try {
      return new PolicyWatch(path == null ? null : PolicyFile.read(path));
    } catch (PolicyException e) {
      throw new StartupException("--policy-file " + path + ": " + e.getMessage(), e);
    }
  }

  @Override
  public Policy get() {
    return file == null ? Policy.ALLOW_ALL : file.get();
  }

  /** The file for the metrics, or null if there is none. */
  @Nullable PolicyFile file() {
    return file;
  }

  /**
   * Reads the file again from now on.
   *
   * @param changed called with the former policy once another one is in force
   */
  void start(Consumer<Policy> changed) {
    if (file == null) {
      return;
    }
    timer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("policy-file").factory());
    var unused =
        timer.scheduleWithFixedDelay(
            () -> reload(file, changed),
            INTERVAL.toMillis(),
            INTERVAL.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  private static void reload(PolicyFile file, Consumer<Policy> changed) {
    try {
      Policy before = file.get();
      if (file.reload()) {
        changed.accept(before);
      }
    } catch (RuntimeException e) {
      // An exception would end the schedule.
      LOG.error("the policy file was not read again", e);
    }
  }

  @Override
  public void close() {
    if (timer != null) {
      timer.shutdownNow();
    }
  }
}
