package dev.lambdaconfig.status;

/**
 * A change of a resource that is reported once.
 *
 * @param warning whether a person should act
 * @param reason the machine-readable reason, such as {@code UpdateStarted}
 * @param message a sentence for people; it names fields, never values
 */
public record Notice(boolean warning, String reason, String message) {

  /** The reason where another writer changed the function. */
  public static final String DRIFT_DETECTED = "DriftDetected";

  /** The reason where AWS accepted an update; as an Event, where it takes long. */
  public static final String UPDATE_STARTED = "UpdateStarted";

  /** The reason where the function has settled with the values of an update. */
  public static final String UPDATE_SUCCEEDED = "UpdateSucceeded";

  /** The reason where an update was refused, failed, or had no effect. */
  public static final String UPDATE_FAILED = "UpdateFailed";

  /** The reason where only a person can help. */
  public static final String STALLED = "Stalled";

  /** The reason where keys of a Secret or ConfigMap cannot be environment variables. */
  public static final String KEYS_SKIPPED = "KeysSkipped";

  /** The reason where another resource owns the function. */
  public static final String CONFLICT = "Conflict";

  /**
   * The reason where updates of an account and Region are paused, because they fail for the same
   * reason.
   */
  public static final String UPDATES_PAUSED = "UpdatesPaused";

  /** The reason where a person resumed paused updates. */
  public static final String UPDATES_RESUMED = "UpdatesResumed";

  /** The reason where functions cannot be listed, so that the operator reads each of them. */
  public static final String LISTING_REFUSED = "ListingRefused";

  /** The reason where changes of Secrets or ConfigMaps behind values are noticed late. */
  public static final String VALUES_NOT_WATCHED = "ValuesNotWatched";

  /** The reason of an Event about another operator that writes other statuses. */
  public static final String OVERLAPPING_OPERATORS = "OverlappingOperators";

  /** The reason where the CustomResourceDefinition lacks fields that the operator writes. */
  public static final String SCHEMA_OUTDATED = "SchemaOutdated";

  /** The reason where the resource is suspended. */
  public static final String SUSPENDED = "Suspended";

  /** The reason where the function is as it was before the operator's first update. */
  public static final String RESTORED = "Restored";

  /** The reason where a resource was deleted although its function is not restored. */
  public static final String RESTORE_ABANDONED = "RestoreAbandoned";

  /**
   * The reason where the operator cannot read values that an earlier version kept in the resource's
   * namespace.
   */
  public static final String BASELINE_NOT_MOVED = "BaselineNotMoved";

  static Notice normal(String reason, String message) {
    return new Notice(false, reason, message);
  }

  static Notice warning(String reason, String message) {
    return new Notice(true, reason, message);
  }
}
