package dev.lambdaconfig.cluster;

/** How long a caller is ready to wait for a server. */
public enum Speed {
  /** Given, cached or quickly downloaded: for a demo that somebody is watching. */
  SECONDS_ONLY,
  /** Also a container image to pull, or a build of some minutes: for a test run. */
  MINUTES
}
