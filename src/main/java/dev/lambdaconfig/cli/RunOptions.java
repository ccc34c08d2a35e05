package dev.lambdaconfig.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/**
 * The options of {@code run}. Each is also an environment variable: {@code --sweep-interval} is
 * {@code LAMBDA_CONFIG_SWEEP_INTERVAL}.
 */
public final class RunOptions {

  private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(1);
  private static final Duration LONGEST_INTERVAL = Duration.ofHours(24);

  /** A deletion is rarely watched for longer, and a namespace may wait for it. */
  private static final Duration RESTORE_TIMEOUT = Duration.ofMinutes(10);

  @Option(
      names = "--sweep-interval",
      paramLabel = "DURATION",
      defaultValue = "1m",
      description =
          "How soon a change behind the operator's back is noticed, 1s to 24h. Default: 1m.")
  private Duration sweepInterval = Duration.ofMinutes(1);

  @Option(
      names = "--management-port",
      paramLabel = "PORT",
      defaultValue = "8080",
      description =
          "Serves /livez, /readyz and /metrics; 0 takes any free port. Default: 8080. Two operators"
              + " on one host need two.")
  private int managementPort = 8080;

  @Option(
      names = "--namespaces",
      paramLabel = "NAMESPACE",
      split = ",",
      description = "The namespaces to watch, separated by commas. Default: all.")
  private @Nullable Set<String> namespaces;

  @Option(
      names = "--workers",
      paramLabel = "N",
      defaultValue = "200",
      description =
          "How many resources are worked on at the same time, 1 to 1000. Default: 200. A bound on"
              + " memory, not on speed: what is sent to AWS is bounded by the request budget.")
  private int workers = 200;

  @Option(
      names = "--leader-elect",
      arity = "0..1",
      fallbackValue = "true",
      defaultValue = "false",
      description = "Work only while holding a Lease, so that several replicas can stand by.")
  private boolean leaderElect;

  @Option(
      names = "--leader-election-namespace",
      paramLabel = "NAMESPACE",
      description = "Where the Lease is. Default: the operator's own namespace.")
  private @Nullable String leaderElectionNamespace;

  @Option(
      names = "--allow-unguarded-updates",
      arity = "0..1",
      fallbackValue = "true",
      defaultValue = "false",
      description =
          "Update functions even where the endpoint gives no RevisionId, so that nothing protects"
              + " somebody else's change. For emulators.")
  private boolean allowUnguardedUpdates;

  @Option(
      names = "--restore-timeout",
      paramLabel = "DURATION",
      defaultValue = "10m",
      description =
          "How long the deletion of a resource with deletionPolicy: Restore waits for its fields to"
              + " come back, 1s to 24h; then it is let go. Default: 10m.")
  private Duration restoreTimeout = RESTORE_TIMEOUT;

  /** Options with their defaults. */
  public RunOptions() {}

  /** Options for tests and demonstrations. */
  public RunOptions(
      Duration sweepInterval, int managementPort, Set<String> namespaces, boolean allowUnguarded) {
    this.sweepInterval = sweepInterval;
    this.managementPort = managementPort;
    this.namespaces = namespaces;
    this.allowUnguardedUpdates = allowUnguarded;
  }

  /** For tests and demonstrations: another time that a deletion waits for restoring. */
  public RunOptions withRestoreTimeout(Duration timeout) {
    this.restoreTimeout = timeout;
    return this;
  }

  /**
   * Checks all options, and reports all problems together.
   *
   * @throws ParameterException if there are any
   */
  void requireValid(CommandLine command) {
    List<String> problems = new ArrayList<>();
    command.getParseResult().errors().forEach(error -> problems.add(error.getMessage()));
    if (sweepInterval.compareTo(SHORTEST_INTERVAL) < 0
        || sweepInterval.compareTo(LONGEST_INTERVAL) > 0) {
      problems.add("--sweep-interval must be 1s to 24h");
    }
    if (restoreTimeout.compareTo(SHORTEST_INTERVAL) < 0
        || restoreTimeout.compareTo(LONGEST_INTERVAL) > 0) {
      problems.add("--restore-timeout must be 1s to 24h");
    }
    if (managementPort < 0 || managementPort > 65535) {
      problems.add("--management-port must be 0 to 65535");
    }
    if (workers < 1 || workers > 1000) {
      problems.add("--workers must be 1 to 1000");
    }
    for (String namespace : namespaces()) {
      if (!namespace.matches("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?")) {
        problems.add("--namespaces: '" + namespace + "' is not the name of a namespace");
      }
    }
    if (!problems.isEmpty()) {
      throw new ParameterException(command, String.join("\n", problems));
    }
  }

  /** How soon drift is noticed. */
  public Duration sweepInterval() {
    return sweepInterval;
  }

  /** How long a deletion waits for fields to come back. */
  public Duration restoreTimeout() {
    return restoreTimeout;
  }

  /** The port of probes and metrics. */
  public int managementPort() {
    return managementPort;
  }

  /** The namespaces to watch; empty for all. */
  public Set<String> namespaces() {
    return namespaces == null ? Set.of() : new TreeSet<>(namespaces);
  }

  /** How many resources are worked on at the same time. */
  public int workers() {
    return workers;
  }

  /** The most calls a second to each AWS account and Region. */
  public double awsMaxRequestsPerSecond() {
    return 14;
  }

  /** Whether to work only as the leader. */
  public boolean leaderElect() {
    return leaderElect;
  }

  /** Where the Lease is, or null for the operator's own namespace. */
  public @Nullable String leaderElectionNamespace() {
    return leaderElectionNamespace;
  }

  /** Whether functions without RevisionId are updated. */
  public boolean allowUnguardedUpdates() {
    return allowUnguardedUpdates;
  }
}
