package dev.lambdaconfig.cli.run;

import dev.lambdaconfig.aws.RateLimitedLambda;
import dev.lambdaconfig.aws.account.CallLimits;
import dev.lambdaconfig.aws.sdk.LambdaClients;
import dev.lambdaconfig.aws.sdk.SdkLambdaFunctions;
import dev.lambdaconfig.debug.StateSizes;
import dev.lambdaconfig.identity.RoleSessions;
import dev.lambdaconfig.ops.metrics.OperatorMetrics;

/** Wires the calls to Lambda and STS: clients, fence, rate limits and metrics. */
final class LambdaModule {

  private LambdaModule() {}

  /** The calls to Lambda within their rate limits, and the sessions by which tenants call it. */
  record Calls(RateLimitedLambda lambda, RoleSessions sessions, StateSizes.Source credentials) {}

  /**
   * The calls through these clients.
   *
   * @param workers resized with the number of Regions in use
   */
  static Calls calls(
      LambdaClients clients,
      LeaderElection election,
      double maxRequestsPerSecond,
      WorkerPool workers,
      OperatorMetrics metrics) {
    SdkLambdaFunctions functions =
        new SdkLambdaFunctions(clients, metrics.calls(), metrics.stsCalls());
    return new Calls(
        new RateLimitedLambda(
            election.fence(functions),
            functions,
            new CallLimits(maxRequestsPerSecond, workers.sharedCalls()),
            System::nanoTime,
            new RateLimitedLambda.Listeners(
                metrics.waits(), new RegionResources(clients, workers))),
        functions.sessions(),
        functions);
  }
}
