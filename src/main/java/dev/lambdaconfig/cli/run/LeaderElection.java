package dev.lambdaconfig.cli.run;

import dev.lambdaconfig.aws.LambdaFunctions;
import dev.lambdaconfig.cli.options.RunOptions;
import dev.lambdaconfig.cli.preflight.StartupException;
import dev.lambdaconfig.ops.election.Leadership;
import dev.lambdaconfig.ops.election.LeaseRenewals;
import dev.lambdaconfig.timing.Timing;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The election of the operator that works; without one, this operator always works. */
final class LeaderElection {

  /** Exit code of a process that may not lead any longer. */
  private static final int NOT_LEADING = 1;

  private final @Nullable Leadership leadership;

  LeaderElection(@Nullable Leadership leadership) {
    this.leadership = leadership;
  }

  /** No election: for an operator that works alone. */
  static LeaderElection none() {
    return new LeaderElection(null);
  }

  /**
   * The election that the options select.
   *
   * @param clientNamespace the namespace of the client's configuration, or null
   * @param renewals an interceptor of the client that renews the Lease
   * @throws StartupException if no namespace is known for the Lease
   */
  static LeaderElection of(
      RunOptions options, @Nullable String clientNamespace, LeaseRenewals renewals)
      throws StartupException {
    if (!options.leadership().enabled()) {
      return none();
    }
    String namespace = options.leaseNamespace(clientNamespace);
    if (namespace == null) {
      throw new StartupException(
          "no namespace for the Lease of --leader-elect: set --operator-namespace");
    }
    return new LeaderElection(
        new Leadership(
            namespace,
            options.leadership().lease(),
            System.getenv("HOSTNAME"),
            renewals,
            Timing.system(),
            () -> Runtime.getRuntime().halt(NOT_LEADING)));
  }

  /**
   * Stands for election: without an election, or when it is won, this operator works.
   *
   * @param action called when this operator wins an election
   */
  void start(KubernetesClient client, Runnable action) {
    if (leadership != null) {
      leadership.start(client, action);
    }
  }

  /** Fences updates, where another operator could lead meanwhile. */
  LambdaFunctions fence(LambdaFunctions functions) {
    return leadership == null ? functions : new FencedLambda(functions, leadership::requireHeld);
  }

  /** Whether this operator is the one that works. */
  boolean isLeading() {
    return leadership == null || leadership.isLeading();
  }

  /** Records that the operator stops, so that the end of leading is no loss. */
  void stopping() {
    if (leadership != null) {
      leadership.stopping();
    }
  }

  /** The time since the elector last did anything; zero without an election. */
  Duration silence() {
    return leadership == null ? Duration.ZERO : leadership.silence();
  }

  /** Releases the Lease, so that the next operator need not wait until it expires. */
  void release() {
    if (leadership != null) {
      leadership.release();
    }
  }
}
