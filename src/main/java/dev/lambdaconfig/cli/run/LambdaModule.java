package dev.lambdaconfig.cli.run;

import dev.lambdaconfig.aws.Accounts;
import dev.lambdaconfig.aws.RateLimitedLambda;
import dev.lambdaconfig.aws.sdk.LambdaClients;
import dev.lambdaconfig.aws.sdk.SdkLambdaFunctions;
import dev.lambdaconfig.ops.metrics.OperatorMetrics;

/** Wires the calls to Lambda: clients, fence, rate limits and metrics. */
final class LambdaModule {

  private LambdaModule() {}

  /**
   * The rate-limited calls to Lambda through these clients.
   *
   * @param workers resized with the number of Regions in use
   */
  static RateLimitedLambda lambda(
      LambdaClients clients,
      LeaderElection election,
      double maxRequestsPerSecond,
      WorkerPool workers,
      OperatorMetrics metrics) {
    SdkLambdaFunctions functions = new SdkLambdaFunctions(clients, metrics.calls());
    return new RateLimitedLambda(
        election.fence(functions),
        functions,
        new Accounts.Limits(maxRequestsPerSecond, workers.sharedCalls()),
        System::nanoTime,
        new RateLimitedLambda.Listeners(metrics.waits(), new RegionResources(clients, workers)));
  }
}
