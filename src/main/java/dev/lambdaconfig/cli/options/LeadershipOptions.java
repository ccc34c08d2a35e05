package dev.lambdaconfig.cli.options;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether several operators agree on one that works, and by which Lease. */
public final class LeadershipOptions {

  private static final int LONGEST_NAME = 253;
  private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";

  @Option(
      names = "--leader-elect",
      arity = "0..1",
      fallbackValue = "true",
      defaultValue = "false",
      description = "Work only while holding a Lease, so that several replicas can stand by.")
  private boolean enabled;

  @Option(
      names = "--leader-election-namespace",
      paramLabel = "NAMESPACE",
      description = "Where the Lease is. Default: the operator's own namespace.")
  private @Nullable String namespace;

  @Option(
      names = "--leader-election-lease",
      paramLabel = "NAME",
      defaultValue = "lambda-config-operator",
      description =
          "The name of the Lease. Operators that work on different resources need different ones."
              + " Default: lambda-config-operator.")
  private String lease = "lambda-config-operator";

  /** Whether to work only while holding the Lease. */
  public boolean enabled() {
    return enabled;
  }

  /** Where the Lease is, or null for the operator's own namespace. */
  @Nullable String namespace() {
    return namespace;
  }

  /** The name of the Lease. */
  public String lease() {
    return lease;
  }

  List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (lease.length() > LONGEST_NAME || !lease.matches(LABEL + "(\\." + LABEL + ")*")) {
      problems.add("--leader-election-lease: '" + lease + "' is not the name of a Lease");
    }
    return problems;
  }
}
