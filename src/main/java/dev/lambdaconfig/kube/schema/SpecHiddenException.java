package dev.lambdaconfig.kube.schema;

import java.util.Set;

/**
 * A reconcile that was ended before it wrote anything, because the served schema hides members of
 * specs.
 */
public final class SpecHiddenException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Set<String> members;

  /** Creates the exception for hidden members of specs. */
  public SpecHiddenException(Set<String> members) {
    super("members of specs are hidden: " + String.join(", ", members));
    this.members = members;
  }

  /** Their paths within the spec. */
  public Set<String> members() {
    return members;
  }
}
