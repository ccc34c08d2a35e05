package dev.lambdaconfig.values;

import dev.lambdaconfig.model.source.NamespacedSource;
import dev.lambdaconfig.values.watch.WatchedCollection;

/** The messages for what RBAC does not allow, and for what is not watched. */
final class MissingRights {

  private static final String TO_WHOM =
      " to its service account (valueSources in the Helm chart, or deploy/values-rbac.yaml)";

  private static final String LATE =
      ", so a change of their values is noticed by the hourly read of each function only: ";

  private MissingRights() {}

  /** The message for a source that may not be read. */
  static String denied(NamespacedSource source) {
    return "RBAC does not allow the operator to get "
        + WatchedCollection.only(source)
        + ": grant get, list and watch"
        + TO_WHOM;
  }

  /** The message for sources that may not be watched. */
  static String refused(WatchedCollection collection) {
    return "RBAC does not allow the operator to list and watch "
        + collection
        + LATE
        + "grant get, list and watch"
        + TO_WHOM
        + ", or choose another --value-watch";
  }

  /** The message for sources that are not watched because others are. */
  static String beyondLimit(WatchedCollection collection) {
    return "the operator does not watch "
        + collection
        + ", because "
        + SourceWatches.MOST
        + " watches are open"
        + LATE
        + "choose a --value-watch with fewer watches (cluster has two)";
  }
}
