package dev.lambdaconfig.cli.options;

import dev.lambdaconfig.decision.OperatorMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
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
      names = "--mode",
      paramLabel = "Enforce|Observe",
      converter = ModeConverter.class,
      defaultValue = "Enforce",
      description =
          "Enforce keeps each function as its resource says. Observe reports what differs and"
              + " writes nothing to AWS, whatever the resources say. Default: Enforce.")
  private OperatorMode mode = OperatorMode.ENFORCE;

  @Mixin private WatchOptions watch = new WatchOptions();

  @Mixin private AwsOptions aws = new AwsOptions();

  @Mixin private LeadershipOptions leadership = new LeadershipOptions();

  @Option(
      names = "--operator-namespace",
      paramLabel = "NAMESPACE",
      description =
          "The operator's own namespace: of its Lease, and of what environments were under"
              + " deletionPolicy: Restore. Default: the Pod's, or that of the kubeconfig's"
              + " context.")
  private @Nullable String operatorNamespace;

  @Option(
      names = "--sweep-interval",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      defaultValue = "1m",
      description =
          "How soon a change behind the operator's back is noticed, 1s to 24h. Default: 1m.")
  private Duration sweepInterval = Duration.ofMinutes(1);

  @Option(
      names = "--restore-timeout",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      defaultValue = "10m",
      description =
          "How long the deletion of a resource with deletionPolicy: Restore waits for its fields to"
              + " come back, 1s to 24h; then it is let go. Default: 10m.")
  private Duration restoreTimeout = RESTORE_TIMEOUT;

  @Option(
      names = "--workers",
      paramLabel = "N",
      defaultValue = "64",
      description =
          "How many resources are worked on at the same time, 1 to 1000, and two more for each AWS"
              + " Region in use. Default: 64. A bound on memory, not on speed: what is sent to AWS"
              + " is bounded by the request budget.")
  private int workers = 64;

  @Option(
      names = "--management-port",
      paramLabel = "PORT",
      defaultValue = "8080",
      description =
          "Serves /livez, /readyz and /metrics; 0 takes any free port. Default: 8080. Two operators"
              + " on one host need two.")
  private int managementPort = 8080;

  /** Options with their defaults. */
  public RunOptions() {}

  /** Options for tests and demonstrations. */
  public RunOptions(
      Duration sweepInterval, int managementPort, Set<String> namespaces, boolean allowUnguarded) {
    this.sweepInterval = sweepInterval;
    this.managementPort = managementPort;
    this.watch = new WatchOptions(namespaces, null);
    this.aws = new AwsOptions(allowUnguarded);
  }

  /** For tests and demonstrations: another time that a deletion waits for restoring. */
  public RunOptions withRestoreTimeout(Duration timeout) {
    this.restoreTimeout = timeout;
    return this;
  }

  /** For tests and demonstrations: another namespace of the operator's own. */
  public RunOptions withOperatorNamespace(String namespace) {
    this.operatorNamespace = namespace;
    return this;
  }

  /** For tests and demonstrations: another mode. */
  public RunOptions withMode(OperatorMode other) {
    this.mode = other;
    return this;
  }

  /** For tests and demonstrations: only the resources that these labels select. */
  public RunOptions withSelector(String selector) {
    this.watch = new WatchOptions(watch.namespaces(), selector);
    return this;
  }

  /** For tests and demonstrations: another request budget. */
  public RunOptions withAwsMaxRequestsPerSecond(double most) {
    aws.withMaxRequestsPerSecond(most);
    return this;
  }

  /** For tests and demonstrations: other Regions than those that the SDK knows. */
  public RunOptions withRegions(Set<String> regions) {
    aws.withRegions(regions);
    return this;
  }

  /**
   * Checks all options, and reports all problems together.
   *
   * @throws ParameterException if there are any
   */
  public void requireValid(CommandLine command) {
    List<String> problems = new ArrayList<>();
    command.getParseResult().errors().forEach(error -> problems.add(error.getMessage()));
    problems.addAll(watch.problems());
    problems.addAll(aws.problems());
    problems.addAll(leadership.problems());
    if (operatorNamespace != null
        && !operatorNamespace.isBlank()
        && !WatchOptions.isNamespace(operatorNamespace.strip())) {
      problems.add(
          "--operator-namespace: '" + operatorNamespace + "' is not the name of a namespace");
    }
    if (isOutOfRange(sweepInterval)) {
      problems.add("--sweep-interval must be 1s to 24h");
    }
    if (isOutOfRange(restoreTimeout)) {
      problems.add("--restore-timeout must be 1s to 24h");
    }
    if (workers < 1 || workers > 1000) {
      problems.add("--workers must be 1 to 1000");
    }
    if (managementPort < 0 || managementPort > 65535) {
      problems.add("--management-port must be 0 to 65535");
    }
    if (!problems.isEmpty()) {
      throw new ParameterException(command, String.join("\n", problems));
    }
  }

  private static boolean isOutOfRange(Duration duration) {
    return duration.compareTo(SHORTEST_INTERVAL) < 0 || duration.compareTo(LONGEST_INTERVAL) > 0;
  }

  /** The namespaces to watch; empty for all. */
  public Set<String> namespaces() {
    return watch.namespaces();
  }

  /** The label selector of the resources to keep, or null for all. */
  public @Nullable String selector() {
    return watch.selector();
  }

  /** The most requests a second in an AWS account and Region, 1 to 1000. */
  public double awsMaxRequestsPerSecond() {
    return aws.maxRequestsPerSecond();
  }

  /** The Regions that resources may name; empty for those that the SDK knows. */
  public Set<String> regions() {
    return aws.regions();
  }

  /** Whether functions without RevisionId are updated. */
  public boolean allowUnguardedUpdates() {
    return aws.allowUnguardedUpdates();
  }

  /** Whether to work only as the leader, and who that is. */
  public LeadershipOptions leadership() {
    return leadership;
  }

  /** Whether anything is written to AWS. */
  public OperatorMode mode() {
    return mode;
  }

  /**
   * The operator's own namespace, or null if neither an option nor the client names one.
   *
   * @param clientNamespace the namespace of the client's configuration, or null
   */
  public @Nullable String operatorNamespace(@Nullable String clientNamespace) {
    String named = operatorNamespace;
    String chosen = named == null || named.isBlank() ? clientNamespace : named.strip();
    return chosen == null || chosen.isEmpty() ? null : chosen;
  }

  /**
   * The namespace of the Lease, or null if none is known.
   *
   * @param clientNamespace the namespace of the client's configuration, or null
   */
  public @Nullable String leaseNamespace(@Nullable String clientNamespace) {
    String named = leadership.namespace();
    return named == null ? operatorNamespace(clientNamespace) : named;
  }

  /** How soon drift is noticed. */
  public Duration sweepInterval() {
    return sweepInterval;
  }

  /** How long a deletion waits for fields to come back. */
  public Duration restoreTimeout() {
    return restoreTimeout;
  }

  /** How many resources are worked on at the same time. */
  public int workers() {
    return workers;
  }

  /** The port of probes and metrics. */
  public int managementPort() {
    return managementPort;
  }
}
