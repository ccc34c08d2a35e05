package dev.lambdaconfig.ops.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The label of each Region in use, limited in number: beyond more than AWS has, all other Regions
 * share one label.
 */
final class RegionLabels {

  /** Maximum number of labels; AWS has about 40 Regions. */
  static final int MOST = 60;

  static final String OTHER = "other";

  /** The tag for the label of a Region. */
  static final String TAG = "region";

  private final Map<String, String> labels = new ConcurrentHashMap<>();

  /** The Regions that were no longer used at the last scrape. */
  private final Set<String> left = new HashSet<>();

  /** Returns the label of a Region. */
  String label(String region) {
    String label = labels.get(region);
    return label == null ? newLabel(region) : label;
  }

  /** Returns the label of a Region that has one, or null. */
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
   * Removes the Regions that are no longer used, at the second scrape that finds them unused: their
   * last values are to be read once.
   *
   * @return the labels that no Region has any longer
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
