package dev.lambdaconfig.decision.ownership;

import java.util.List;

/** The right of a resource to write to its function. */
public sealed interface Ownership {

  /** The resource may write: no older resource has a proven claim. */
  record Owned() implements Ownership {}

  /** The resource may not write: an older resource owns the function. */
  record Taken(String owner) implements Ownership {}

  /**
   * The resource has to wait for a moment: the claim of an older resource may be proven soon.
   *
   * @param older the older resource
   * @param asked the resources whose next read shows it
   */
  record Undecided(String older, List<String> asked) implements Ownership {}
}
