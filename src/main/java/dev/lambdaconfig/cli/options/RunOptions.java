package dev.lambdaconfig.cli.options;

import dev.lambdaconfig.cli.format.NamespaceNames;
import dev.lambdaconfig.decision.OperatorMode;
import dev.lambdaconfig.model.source.WatchScope;
import java.nio.file.Path;
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

  /**
   * Default of {@code --restore-timeout}: people rarely watch a deletion for longer, and a
   * namespace can wait for it.
   */
  private static final Duration RESTORE_TIMEOUT = Duration.ofMinutes(10);

  @Option(
      names = "--mode",
      paramLabel = "Enforce|Observe",
      converter = ModeConverter.class,
      defaultValue = "Enforce",
      description =
          "Enforce updates each function to match its resource. Observe reports the differences"
              + " and writes nothing to AWS, whatever mode the resources set. Default: Enforce.")
  private OperatorMode mode = OperatorMode.ENFORCE;

  @Mixin private WatchOptions watch = new WatchOptions();

  @Mixin private AwsOptions aws = new AwsOptions();

  @Mixin private IdentityOptions identity = new IdentityOptions();

  @Mixin private LeadershipOptions leadership = new LeadershipOptions();

  @Mixin private AuthorizationOptions authorization = new AuthorizationOptions();

  @Option(
      names = "--operator-namespace",
      paramLabel = "NAMESPACE",
      description =
          "The operator's own namespace, for its Lease and for the Secrets with the previous"
              + " environments of functions under deletionPolicy: Restore. Default: the Pod's, or"
              + " that of the kubeconfig's context.")
  private @Nullable String operatorNamespace;

  @Option(
      names = "--sweep-interval",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      defaultValue = "1m",
      description =
          "Interval at which functions are checked for changes by others, 1s to 24h. Default:"
              + " 1m.")
  private Duration sweepInterval = Duration.ofMinutes(1);

  @Option(
      names = "--restore-timeout",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      defaultValue = "10m",
      description =
          "Time that the deletion of a resource with deletionPolicy: Restore waits until its fields"
              + " are restored, 1s to 24h; after it the resource is deleted anyway, unless AWS is"
              + " applying the update or nothing could be tried yet. Default: 10m.")
  private Duration restoreTimeout = RESTORE_TIMEOUT;

  @Option(
      names = "--workers",
      paramLabel = "N",
      defaultValue = "64",
      description =
          "Maximum number of resources that are reconciled at the same time, 1 to 1000, plus two"
              + " for each AWS Region in use. It bounds memory; --aws-max-requests-per-second"
              + " bounds the requests to AWS. Default: 64.")
  private int workers = 64;

  @Mixin private ManagementOptions management = new ManagementOptions();

  /** Creates options with their defaults. */
  public RunOptions() {}

  /** Creates options for tests and demonstrations. */
  public RunOptions(
      Duration sweepInterval, int managementPort, Set<String> namespaces, boolean allowUnguarded) {
    this.sweepInterval = sweepInterval;
    this.management = new ManagementOptions(managementPort);
    this.watch = new WatchOptions(namespaces, null);
    this.aws = new AwsOptions(allowUnguarded);
  }

  /** Sets the restore timeout, for tests and demonstrations. */
  public RunOptions withRestoreTimeout(Duration timeout) {
    this.restoreTimeout = timeout;
    return this;
  }

  /** Sets the operator's own namespace, for tests and demonstrations. */
  public RunOptions withOperatorNamespace(String namespace) {
    this.operatorNamespace = namespace;
    return this;
  }

  /** Sets the mode, for tests and demonstrations. */
  public RunOptions withMode(OperatorMode other) {
    this.mode = other;
    return this;
  }

  /** Sets the label selector, for tests and demonstrations. */
  public RunOptions withSelector(String selector) {
    this.watch = new WatchOptions(watch.namespaces(), selector);
    return this;
  }

  /** Sets the request rate, for tests and demonstrations. */
  public RunOptions withAwsMaxRequestsPerSecond(double most) {
    aws.withMaxRequestsPerSecond(most);
    return this;
  }

  /** Serves the debug state on any free port, for tests and demonstrations. */
  public RunOptions withDebugPort() {
    management.serveDebugState();
    return this;
  }

  /** Sets the policy file, for tests and demonstrations. */
  public RunOptions withPolicyFile(Path file) {
    authorization.policyFile(file);
    return this;
  }

  /** Sets the Regions that resources can name, for tests and demonstrations. */
  public RunOptions withRegions(Set<String> regions) {
    aws.withRegions(regions);
    return this;
  }

  /** Sets the options of identities, for tests and demonstrations. */
  public RunOptions withIdentity(IdentityOptions options) {
    this.identity = options;
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
    problems.addAll(identity.problems());
    problems.addAll(leadership.problems());
    problems.addAll(authorization.problems());
    problems.addAll(management.problems());
    String misnamed =
        operatorNamespace == null || operatorNamespace.isBlank()
            ? null
            : NamespaceNames.problem("--operator-namespace", operatorNamespace.strip());
    if (misnamed != null) {
      problems.add(misnamed);
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
    if (!problems.isEmpty()) {
      throw new ParameterException(command, String.join("\n", problems));
    }
  }

  private static boolean isOutOfRange(Duration duration) {
    return duration.compareTo(SHORTEST_INTERVAL) < 0 || duration.compareTo(LONGEST_INTERVAL) > 0;
  }

  /** Returns the namespaces to watch; empty for all. */
  public Set<String> namespaces() {
    return watch.namespaces();
  }

  /** Returns the label selector of the resources to handle, or null for all. */
  public @Nullable String selector() {
    return watch.selector();
  }

  /** Returns how changes of the Secrets and ConfigMaps behind values are noticed. */
  public WatchScope valueWatch() {
    return watch.valueWatch();
  }

  /** Returns the maximum requests per second to one AWS account and Region, 1 to 1000. */
  public double awsMaxRequestsPerSecond() {
    return aws.maxRequestsPerSecond();
  }

  /** Returns the Regions that resources can name; empty for those that the SDK knows. */
  public Set<String> regions() {
    return aws.regions();
  }

  /** Returns whether functions without RevisionId are updated. */
  public boolean allowUnguardedUpdates() {
    return aws.allowUnguardedUpdates();
  }

  /** Returns the options of the identities by which functions are called. */
  public IdentityOptions identity() {
    return identity;
  }

  /** Returns the options for what resources may name. */
  public AuthorizationOptions authorization() {
    return authorization;
  }

  /** Returns the options of the leader election. */
  public LeadershipOptions leadership() {
    return leadership;
  }

  /** Returns the mode, which says whether anything is written to AWS. */
  public OperatorMode mode() {
    return mode;
  }

  /**
   * Returns the operator's own namespace, or null if neither an option nor the client names one.
   *
   * @param clientNamespace the namespace of the client's configuration, or null
   */
  public @Nullable String operatorNamespace(@Nullable String clientNamespace) {
    String named = operatorNamespace;
    String chosen = named == null || named.isBlank() ? clientNamespace : named.strip();
    return chosen == null || chosen.isEmpty() ? null : chosen;
  }

  /**
   * Returns the namespace of the Lease, or null if none is known.
   *
   * @param clientNamespace the namespace of the client's configuration, or null
   */
  public @Nullable String leaseNamespace(@Nullable String clientNamespace) {
    String named = leadership.namespace();
    return named == null ? operatorNamespace(clientNamespace) : named;
  }

  /** Returns the interval in which functions are checked for changes by others. */
  public Duration sweepInterval() {
    return sweepInterval;
  }

  /** Returns the maximum time that a deletion waits until the fields are restored. */
  public Duration restoreTimeout() {
    return restoreTimeout;
  }

  /** Returns the maximum number of resources that are reconciled at the same time. */
  public int workers() {
    return workers;
  }

  /** Returns the port of probes and metrics. */
  public int managementPort() {
    return management.managementPort();
  }

  /** Returns the port of the debug state on the loopback, or null if it is not served. */
  public @Nullable Integer debugPort() {
    return management.debugPort();
  }
}
