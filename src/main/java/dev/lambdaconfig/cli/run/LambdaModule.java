package dev.lambdaconfig.cli.run;

import dev.lambdaconfig.aws.LambdaClients;
import dev.lambdaconfig.aws.RateLimitedLambda;
import dev.lambdaconfig.aws.SdkLambdaFunctions;
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
    RateLimitedLambda lambda =
        new RateLimitedLambda(
            election.fence(functions),
            functions,
            maxRequestsPerSecond,
            System::nanoTime,
            metrics.waits(),
            workers.sharedCalls());
    clients.keepOnly(lambda.accounts()::isUsed);
    lambda.onUnused(clients::closeUnused);
    lambda.onRegions(workers::resize);
    return lambda;
  }
}
