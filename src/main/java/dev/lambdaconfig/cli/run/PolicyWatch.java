package dev.lambdaconfig.cli.run;

import dev.lambdaconfig.authorization.Policy;
import dev.lambdaconfig.authorization.PolicyException;
import dev.lambdaconfig.authorization.PolicyFile;
import dev.lambdaconfig.cli.options.RunOptions;
import dev.lambdaconfig.cli.preflight.StartupException;
import dev.lambdaconfig.timing.RepeatedTask;
import dev.lambdaconfig.timing.WaitingThreads;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The policy of the operator, read again from its file while the operator runs. */
final class PolicyWatch implements Supplier<Policy>, AutoCloseable {

  /**
   * Interval at which the file is read; a change takes two of them. A mounted ConfigMap changes by
   * a symbolic link, of which not every file system notifies, and takes up to a minute to arrive
   * anyway.
   */
  private static final Duration INTERVAL = Duration.ofSeconds(2);

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
            WaitingThreads.builder().name("policy-file").factory());
    new RepeatedTask(timer, "the policy file", () -> INTERVAL, () -> reload(file, changed))
        .schedule();
  }

  private static void reload(PolicyFile file, Consumer<Policy> changed) {
    Policy before = file.get();
    if (file.reload()) {
      changed.accept(before);
    }
  }

  @Override
  public void close() {
    if (timer != null) {
      timer.shutdownNow();
    }
  }
}
