package dev.lambdaconfig.ops.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The Regions that are told apart, and their meters, for as long as the Regions are used. There are
 * only so many of them: beyond what AWS has, all others are one.
 */
final class RegionLabels {

  /** AWS has about 40. */
  static final int MOST = 60;

  static final String OTHER = "other";

  /** The tag that says of which Region a meter is. */
  static final String TAG = "region";

  private final Map<String, String> labels = new ConcurrentHashMap<>();

  /** Were not used any more when the metrics were last read. */
  private final Set<String> left = new HashSet<>();

  /** The label of a Region. */
  String label(String region) {
    String label = labels.get(region);
    return label == null ? newLabel(region) : label;
  }

  /** The label of a Region that has one, or null. */
  @Nullable String known(String region) {
    return labels.get(region);
  }

  private synchronized String newLabel(String region) {
    String label = labels.get(region);
    if (label == null) {
      label = new HashSet<>(labels.values()).size() < MOST ? region : OTHER;
      labels.put(region, label);
    }
    return label;
  }

  /**
   * Drops the Regions that are used no longer, the second time that it finds them so: what was
   * counted of them last is to be read once.
   *
   * @return the labels that no Region has any more
   */
  synchronized Set<String> tidy(Predicate<String> used) {
    Set<String> gone = new HashSet<>(labels.values());
    labels.keySet().removeIf(region -> !used.test(region) && !left.add(region));
    left.removeIf(region -> used.test(region) || !labels.containsKey(region));
    gone.removeAll(labels.values());
    return gone;
  }

  /** Removes the meters that have one of these labels. */
  static void remove(MeterRegistry registry, Set<String> gone) {
    if (!gone.isEmpty()) {
      registry.getMeters().stream()
          .filter(meter -> isOf(meter.getId().getTag(TAG), gone))
          .forEach(registry::remove);
    }
  }

  private static boolean isOf(@Nullable String label, Set<String> labels) {
    return label != null && labels.contains(label);
  }
}
