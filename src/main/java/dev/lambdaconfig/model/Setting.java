package dev.lambdaconfig.model;

/**
 * What a manifest wants of one field that it names. A field that it does not name has no setting:
 * it is neither compared nor sent.
 */
public sealed interface Setting {

  /** The field shall have this value. */
  record Managed(Value value) implements Setting {}

  /**
   * The field was written as {@code ""}, {@code []} or {@code {}}: back to what AWS starts with.
   */
  record Cleared() implements Setting {}

  /** The one cleared setting. */
  Setting CLEARED = new Cleared();
}
