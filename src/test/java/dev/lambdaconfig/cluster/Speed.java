package dev.lambdaconfig.cluster;

/** The time that a caller is ready to wait for a server. */
public enum Speed {
  /** Named, cached or quickly downloaded servers only: for a demo that somebody is watching. */
  SECONDS_ONLY,
  /** Includes a container image to pull or a build of some minutes: for a test run. */
  MINUTES
}
