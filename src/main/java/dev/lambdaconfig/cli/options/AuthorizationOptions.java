package dev.lambdaconfig.cli.options;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for what resources may name. */
public final class AuthorizationOptions {

  @Option(
      names = "--policy-file",
      paramLabel = "FILE",
      description =
          "A YAML file that says which functions, roles, keys, layers, subnets and security groups"
              + " the resources of each namespace may name; it is read again when it changes."
              + " Default: they may name anything.")
  private @Nullable Path policyFile;

  @Option(
      names = "--dry-run-policy",
      paramLabel = "FILE",
      description =
          "Lists the resources of the cluster that a policy file would forbid, and ends: with 0 if"
              + " there are none, 2 if there are some, 1 after an error. Nothing is written.")
  private @Nullable Path dryRunPolicy;

  AuthorizationOptions() {}

  /** Returns the policy file, or null if resources may name anything. */
  public @Nullable Path policyFile() {
    return policyFile;
  }

  void policyFile(Path file) {
    this.policyFile = file;
  }

  /** Returns the policy file to try on the resources of the cluster, or null to run. */
  public @Nullable Path dryRunPolicy() {
    return dryRunPolicy;
  }

  List<String> problems() {
    return policyFile != null && dryRunPolicy != null
        ? List.of("--dry-run-policy tries one policy: remove --policy-file")
        : List.of();
  }
}
