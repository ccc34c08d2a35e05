package dev.lambdaconfig.bench;

import static java.util.Objects.requireNonNull;

import dev.lambdaconfig.program.OpenResources;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The processes of one operator, one after another. */
final class OperatorRuns {

  private final Launch launch;
  private final Path logs;
  private final OpenResources resources;
  private int starts;
  private volatile @Nullable OperatorProcess current;

  /**
   * Has none yet.
   *
   * @param resources what ends with the fleet
   */
  OperatorRuns(Launch launch, Path logs, OpenResources resources) {
    this.launch = launch;
    this.logs = logs;
    this.resources = resources;
  }

  /** Starts the operator; the last one must have ended. */
  OperatorProcess start() throws IOException {
    return start(launch);
  }

  /** The same with an AOT cache. */
  OperatorProcess start(Path cache) throws IOException {
    return start(launch.with(cache));
  }

  /** The same with one more option, and another endpoint of AWS. */
  OperatorProcess start(String option, URI endpoint) throws IOException {
    return start(launch.with(option, endpoint));
  }

  private OperatorProcess start(Launch how) throws IOException {
    starts++;
    Path log = logs.resolve("operator-" + starts + ".log");
    Files.deleteIfExists(log);
    OperatorProcess started = resources.open(OperatorProcess.start(how, log));
    current = started;
    return started;
  }

  /** The one that was started last. */
  OperatorProcess current() {
    return requireNonNull(current, "no operator was started");
  }

  /** Its process, or null if none was started. */
  @Nullable ProcessHandle process() {
    OperatorProcess now = current;
    return now == null ? null : now.handle();
  }

  /** Makes an AOT cache. */
  Path trainCache(Path folder) throws IOException, InterruptedException {
    return launch.train(folder);
  }
}
