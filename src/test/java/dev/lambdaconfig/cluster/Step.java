package dev.lambdaconfig.cluster;

/** What came of trying one rung. */
sealed interface Step {

  record Found(Source source) implements Step {}

  /** Not to be had here: the next rung is tried. */
  record Missing(String reason) implements Step {}

  /**
   * Somebody named a server and it is not there. The climb ends: to go on would run the tests
   * against another server than the one that was asked for.
   */
  record Misconfigured(String reason) implements Step {}
}
