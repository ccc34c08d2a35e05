package dev.lambdaconfig.cluster;

/** The result of asking one provider. */
sealed interface ProviderResult {

  record Found(Source source) implements ProviderResult {}

  /** No server from this provider: the next one is asked. */
  record Missing(String reason) implements ProviderResult {}

  /**
   * A server that somebody named and that is not there. No other provider is asked: that would run
   * the tests against another server than the one that was named.
   */
  record Misconfigured(String reason) implements ProviderResult {}
}
