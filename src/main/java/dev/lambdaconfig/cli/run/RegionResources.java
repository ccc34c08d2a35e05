package dev.lambdaconfig.cli.run;

import dev.lambdaconfig.aws.account.RegionListener;
import dev.lambdaconfig.aws.sdk.LambdaClients;

/** The client and the workers of each Region, for as long as the Region has callers. */
record RegionResources(LambdaClients clients, WorkerPool workers) implements RegionListener {

  @Override
  public void used(String region) {
    clients.keep(region);
  }

  @Override
  public void unused(String region) {
    clients.closeUnused(region);
  }

  @Override
  public void counted(int regions) {
    workers.resize(regions);
  }
}
