package dev.lambdaconfig.model;

/**
 * The setting of one field that a manifest names. A field that it does not name has no setting: it
 * is neither compared nor sent.
 */
public sealed interface Setting {

  /** A field with a value. */
  record Managed(Value value) implements Setting {}

  /**
   * A field that the manifest writes as {@code ""}, {@code []} or {@code {}}, which resets it to
   * AWS's default.
   */
  record Cleared() implements Setting {}

  /** The only instance of a cleared setting. */
  Setting CLEARED = new Cleared();
}
