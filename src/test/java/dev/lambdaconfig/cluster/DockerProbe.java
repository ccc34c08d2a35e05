package dev.lambdaconfig.cluster;

/** Checks whether a container engine answers; a client program on the path proves nothing. */
@FunctionalInterface
interface DockerProbe {

  /** Returns within two seconds. */
  Ping ping(HostEnvironment host);

  sealed interface Ping {}

  record Answered(String host) implements Ping {}

  record Silent(String reason) implements Ping {}
}
