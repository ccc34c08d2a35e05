package dev.lambdaconfig.bench;

/** What was to be measured did not come about; the message is for people. */
final class BenchmarkFailed extends RuntimeException {

  private static final long serialVersionUID = 1L;

  BenchmarkFailed(String message) {
    super(message);
  }
}
