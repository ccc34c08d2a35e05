package dev.lambdaconfig.cli.options;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of the leader election. */
public final class LeadershipOptions {

  private static final int LONGEST_NAME = 253;
  private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";

  @Option(
      names = "--leader-elect",
      arity = "0..1",
      paramLabel = "true|false",
      fallbackValue = "true",
      defaultValue = "false",
      description = "Reconciles only while holding a Lease, so that other replicas can stand by.")
  private boolean enabled;

  @Option(
      names = "--leader-election-namespace",
      paramLabel = "NAMESPACE",
      description = "The namespace of the Lease. Default: the operator's own.")
  private @Nullable String namespace;

  @Option(
      names = "--leader-election-lease",
      paramLabel = "NAME",
      defaultValue = "lambda-config-operator",
      description =
          "The name of the Lease. Operators for different resources need different Leases."
              + " Default: lambda-config-operator.")
  private String lease = "lambda-config-operator";

  /** Returns whether to work only while holding the Lease. */
  public boolean enabled() {
    return enabled;
  }

  /** Returns the namespace of the Lease, or null for the operator's own. */
  @Nullable String namespace() {
    return namespace;
  }

  /** Returns the name of the Lease. */
  public String lease() {
    return lease;
  }

  List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (lease.length() > LONGEST_NAME || !lease.matches(LABEL + "(\\." + LABEL + ")*")) {
      problems.add(
          "--leader-election-lease: '"
              + lease
              + "' is not the name of a Lease: write lower-case letters, digits, - and ., such as"
              + " lambda-config-operator");
    }
    return problems;
  }
}
