package dev.lambdaconfig.cli.export;

import dev.lambdaconfig.cli.cluster.ClusterOptions;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options for functions that no resource owns. */
final class UnmanagedOptions {

  private static final String TABLE = "table";
  private static final String JSON = "json";

  @Option(
      names = "--unmanaged",
      description =
          "Lists the functions that no resource of the cluster owns, or with --output exports these"
              + " only. Needs a kubeconfig with the right to list LambdaFunctionConfigs.")
  private boolean unmanaged;

  @Option(
      names = {"-o", "--format"},
      paramLabel = "table|json",
      defaultValue = TABLE,
      description = "The format of the list of --unmanaged. Default: table.")
  private String format = TABLE;

  @Mixin private ClusterOptions cluster = new ClusterOptions();

  UnmanagedOptions() {}

  List<String> problems(boolean isOfAccount) {
    List<String> problems = new ArrayList<>();
    boolean isKnown = format.equals(TABLE) || format.equals(JSON);
    if (!isKnown) {
      problems.add(
          "-o, --format: '"
              + format
              + "': write table or json; the folder for manifests is --output");
    }
    if (unmanaged && !isOfAccount) {
      problems.add(
          "--unmanaged is about the functions of an account: remove --from-terraform and"
              + " --from-sam");
    }
    if (!unmanaged && isKnown && !format.equals(TABLE)) {
      problems.add("--format is about a list: add --unmanaged");
    }
    if (!unmanaged && cluster.isChosen()) {
      problems.add("--kubeconfig and --context are about a cluster: add --unmanaged");
    }
    String problem = cluster.problem();
    if (problem != null) {
      problems.add(problem);
    }
    return problems;
  }

  boolean unmanaged() {
    return unmanaged;
  }

  ClusterOptions cluster() {
    return cluster;
  }

  boolean isJson() {
    return format.equals(JSON);
  }
}
