package dev.lambdaconfig.ops.informer;

import org.jspecify.annotations.Nullable;

/**
 * Whether one informer has lost its watch, judged by repeated looks. One look says little: between
 * two watches no informer watches, and a watch that breaks at once is open at some looks.
 */
final class WatchHistory {

  private final WatchPatience patience;

  /**
   * The last time at which it watched steadily, by the steady clock; first the time of creation.
   */
  private long lastSteady;

  /** The time since when each look has found it watching; null if the last one did not. */
  private @Nullable Long watchingSince;

  private boolean lost;

  WatchHistory(WatchPatience patience, long now) {
    this.patience = patience;
    this.lastSteady = now;
  }

  /** Records a look, and returns whether the watch now counts as lost. */
  boolean record(boolean watching, long now) {
    if (!watching) {
      watchingSince = null;
    } else if (watchingSince == null) {
      watchingSince = now;
    }
    if (watchingSince != null && now - watchingSince >= patience.steady().toNanos()) {
      lastSteady = now;
    }
    lost = now - lastSteady >= patience.lost().toNanos();
    return lost;
  }

  /** Whether the watch counted as lost at the last look. */
  boolean wasLost() {
    return lost;
  }
}
