package dev.lambdaconfig.cluster;

/** One way to come by a server. */
interface Rung {

  String name();

  /** The least patience with which it is worth trying. */
  Speed speed();

  /** What a developer can do so that this rung holds. */
  String remedy();

  Step attempt();
}
