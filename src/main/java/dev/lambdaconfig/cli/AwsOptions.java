package dev.lambdaconfig.cli;

import java.util.List;
import picocli.CommandLine.Option;

/** How AWS is called. */
final class AwsOptions {

  private static final double FEWEST = 1;
  private static final double MOST = 1000;

  @Option(
      names = "--aws-max-requests-per-second",
      paramLabel = "N",
      defaultValue = "14",
      description =
          "How many requests a second are made at most in an AWS account and Region, 1 to 1000,"
              + " decimals allowed; GetFunction, which has a quota of its own, is not counted. AWS"
              + " allows 15, to everybody together. Default: 14.")
  private double maxRequestsPerSecond = 14;

  @Option(
      names = "--allow-unguarded-updates",
      arity = "0..1",
      fallbackValue = "true",
      defaultValue = "false",
      description =
          "Update functions even where the endpoint gives no RevisionId, so that nothing protects"
              + " somebody else's change. For emulators.")
  private boolean allowUnguardedUpdates;

  AwsOptions() {}

  AwsOptions(boolean allowUnguardedUpdates) {
    this.allowUnguardedUpdates = allowUnguardedUpdates;
  }

  AwsOptions(boolean allowUnguardedUpdates, double maxRequestsPerSecond) {
    this.allowUnguardedUpdates = allowUnguardedUpdates;
    this.maxRequestsPerSecond = maxRequestsPerSecond;
  }

  double maxRequestsPerSecond() {
    return maxRequestsPerSecond;
  }

  boolean allowUnguardedUpdates() {
    return allowUnguardedUpdates;
  }

  List<String> problems() {
    // So that what is no number is refused as well.
    return maxRequestsPerSecond >= FEWEST && maxRequestsPerSecond <= MOST
        ? List.of()
        : List.of("--aws-max-requests-per-second must be 1 to 1000");
  }
}
