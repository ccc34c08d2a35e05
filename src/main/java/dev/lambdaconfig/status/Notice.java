package dev.lambdaconfig.status;

/**
 * Something that happened to a resource, worth telling once.
 *
 * @param warning whether somebody should look
 * @param reason a word for machines, such as {@code UpdateStarted}
 * @param message a sentence for people; fields are named, values never
 */
public record Notice(boolean warning, String reason, String message) {

  /** The function was changed behind the operator's back. */
  public static final String DRIFT_DETECTED = "DriftDetected";

  /** AWS accepted an update. */
  public static final String UPDATE_STARTED = "UpdateStarted";

  /** The function shows what an update asked for, and has settled. */
  public static final String UPDATE_SUCCEEDED = "UpdateSucceeded";

  /** An update was refused, failed, or does not show. */
  public static final String UPDATE_FAILED = "UpdateFailed";

  /** Only a person can help. */
  public static final String STALLED = "Stalled";

  /** Another resource owns the function. */
  public static final String CONFLICT = "Conflict";

  /** Updates of an account and Region fail for the same reason, so that no more are sent. */
  public static final String UPDATES_PAUSED = "UpdatesPaused";

  /** Paused updates go on, because a person wished so. */
  public static final String UPDATES_RESUMED = "UpdatesResumed";

  /** Functions cannot be listed, so that each is read. */
  public static final String LISTING_REFUSED = "ListingRefused";

  /** The CustomResourceDefinition lacks fields that the operator writes. */
  public static final String SCHEMA_OUTDATED = "SchemaOutdated";

  /** The resource is left alone until it is resumed. */
  public static final String SUSPENDED = "Suspended";

  /** The function is what it was before the operator's first update. */
  public static final String RESTORED = "Restored";

  /** The resource went, and the function is not what it was. */
  public static final String RESTORE_ABANDONED = "RestoreAbandoned";

  /** Values that an earlier version kept in the resource's namespace cannot be read there. */
  public static final String BASELINE_NOT_MOVED = "BaselineNotMoved";

  static Notice normal(String reason, String message) {
    return new Notice(false, reason, message);
  }

  static Notice warning(String reason, String message) {
    return new Notice(true, reason, message);
  }
}
