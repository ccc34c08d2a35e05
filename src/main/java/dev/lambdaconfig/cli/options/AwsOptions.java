package dev.lambdaconfig.cli.options;

import dev.lambdaconfig.model.FunctionReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
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

  @Option(
      names = "--regions",
      paramLabel = "REGION",
      split = ",",
      description =
          "The AWS Regions that resources may name, separated by commas; the operator's own"
              + " (AWS_REGION) in any case. Default: those that the AWS SDK knows.")
  private @Nullable Set<String> regions;

  AwsOptions() {}

  AwsOptions(boolean allowUnguardedUpdates) {
    this.allowUnguardedUpdates = allowUnguardedUpdates;
  }

  void withMaxRequestsPerSecond(double most) {
    this.maxRequestsPerSecond = most;
  }

  void withRegions(Set<String> names) {
    this.regions = names;
  }

  double maxRequestsPerSecond() {
    return maxRequestsPerSecond;
  }

  boolean allowUnguardedUpdates() {
    return allowUnguardedUpdates;
  }

  /** Empty for those that the SDK knows. */
  Set<String> regions() {
    Set<String> named = new TreeSet<>();
    if (regions != null) {
      regions.forEach(region -> named.add(region.strip()));
    }
    return named;
  }

  List<String> problems() {
    List<String> problems = new ArrayList<>();
    // So that what is no number is refused as well.
    if (!(maxRequestsPerSecond >= FEWEST && maxRequestsPerSecond <= MOST)) {
      problems.add("--aws-max-requests-per-second must be 1 to 1000");
    }
    for (String region : regions()) {
      if (!FunctionReference.isRegion(region)) {
        problems.add(
            "--regions: '"
                + region
                + "' is not the code of an AWS Region: write codes such as eu-west-1, separated by"
                + " commas");
      }
    }
    return problems;
  }
}
