package dev.lambdaconfig.ops.metrics;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The Regions that are told apart. A manifest can name Regions that do not exist, and each label is
 * kept for good: beyond what AWS has of them, all others are one.
 */
final class Regions {

  /** AWS has about 40. */
  static final int MOST = 60;

  static final String OTHER = "other";

  private final Set<String> known = ConcurrentHashMap.newKeySet();

  /** The label of a Region. */
  String label(String region) {
    if (known.contains(region)) {
      return region;
    }
    synchronized (this) {
      if (known.size() < MOST) {
        known.add(region);
      }
      return known.contains(region) ? region : OTHER;
    }
  }
}
