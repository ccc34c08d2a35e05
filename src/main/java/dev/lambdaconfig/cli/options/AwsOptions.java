package dev.lambdaconfig.cli.options;

import dev.lambdaconfig.model.FunctionReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for the calls to AWS. */
public final class AwsOptions {

  private static final double FEWEST = 1;
  private static final double MOST = 1000;

  @Option(
      names = "--aws-max-requests-per-second",
      paramLabel = "N",
      defaultValue = "14",
      description =
          "Maximum requests per second to one AWS account and Region, 1 to 1000, decimals allowed."
              + " GetFunction has a quota of its own and is not counted. AWS allows 15 for all"
              + " callers together. Default: 14.")
  private double maxRequestsPerSecond = 14;

  @Option(
      names = "--allow-unguarded-updates",
      arity = "0..1",
      paramLabel = "true|false",
      fallbackValue = "true",
      defaultValue = "false",
      description =
          "Updates functions even if the endpoint returns no RevisionId, in which case a concurrent"
              + " change by others can be overwritten. For emulators.")
  private boolean allowUnguardedUpdates;

  @Option(
      names = "--regions",
      paramLabel = "REGION",
      split = ",",
      description =
          "The AWS Regions that resources can name besides the operator's own (AWS_REGION),"
              + " separated by commas. Default: those that the AWS SDK knows.")
  private @Nullable Set<String> regions;

  /** Creates options with their defaults. */
  public AwsOptions() {}

  AwsOptions(boolean allowUnguardedUpdates) {
    this.allowUnguardedUpdates = allowUnguardedUpdates;
  }

  void withMaxRequestsPerSecond(double most) {
    this.maxRequestsPerSecond = most;
  }

  void withRegions(Set<String> names) {
    this.regions = names;
  }

  /** Returns the maximum requests per second to one AWS account and Region, 1 to 1000. */
  public double maxRequestsPerSecond() {
    return maxRequestsPerSecond;
  }

  /** Returns whether the operator updates functions without RevisionId. */
  public boolean allowUnguardedUpdates() {
    return allowUnguardedUpdates;
  }

  /** Returns the Regions that are named; empty for those that the SDK knows. */
  public Set<String> regions() {
    Set<String> named = new TreeSet<>();
    if (regions != null) {
      regions.forEach(region -> named.add(region.strip()));
    }
    return named;
  }

  /** Returns what is wrong with the options, each with what to write instead. */
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    // Negated, so that NaN is refused as well.
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
