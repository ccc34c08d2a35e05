package dev.lambdaconfig.model;

import java.util.List;

/**
 * The setting of one field that a manifest names. A field that it does not name has no setting: it
 * is neither compared nor sent.
 */
public sealed interface Setting {

  /** A field with a value. */
  record Managed(Value value) implements Setting {
    @Override
    public Value own() {
      return value;
    }
  }

  /**
   * A field that the manifest writes as {@code ""}, {@code []} or {@code {}}, which resets it to
   * AWS's default.
   */
  record Cleared() implements Setting {
    @Override
    public Value own() {
      return Value.Items.EMPTY;
    }
  }

  /**
   * A field of which the manifest manages its own entries only. Those of other writers stay.
   *
   * @param own the entries of the manifest; none where it clears them
   * @param owned names of entries that the resource has set: those that the manifest no longer has
   *     are removed
   * @param announced names of entries that an announced update sets, which AWS may have accepted
   */
  record Merged(Value own, List<String> owned, List<String> announced) implements Setting {

    public Merged {
      owned = List.copyOf(owned);
      announced = List.copyOf(announced);
    }
  }

  /** The value that the manifest sets: of a merged field its own entries, [] of a cleared one. */
  Value own();

  /** The only instance of a cleared setting. */
  Setting CLEARED = new Cleared();
}
