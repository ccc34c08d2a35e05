package dev.lambdaconfig.cluster;

/** A way to get an API server. */
interface ServerProvider {

  String name();

  /** The least time that a caller must be ready to wait. */
  Speed speed();

  /** The step by which a developer makes this provider work. */
  String remedy();

  ProviderResult attempt();
}
