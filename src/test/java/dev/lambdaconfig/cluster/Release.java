package dev.lambdaconfig.cluster;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/** A Kubernetes release without suffixes such as {@code -rc.1}. */
record Release(int major, int minor, int patch) implements Comparable<Release> {

  /** The first in which all that the tests lean on (CEL in CRDs among it) is stable. */
  static final Release OLDEST_USABLE = new Release(1, 30, 0);

  private static final Pattern FORM = Pattern.compile("v?(\\d{1,4})\\.(\\d{1,4})\\.(\\d{1,4})");

  static Optional<Release> parse(String text) {
    var matcher = FORM.matcher(text);
    return matcher.matches()
        ? Optional.of(
            new Release(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3))))
        : Optional.empty();
  }

  /** Prefers the wanted release, then its minor, then the newest: runs should stay alike. */
  static Comparator<Release> closestTo(Release wanted) {
    return Comparator.<Release, Boolean>comparing(wanted::equals)
        .thenComparing(wanted::sameMinor)
        .thenComparing(Comparator.naturalOrder());
  }

  private boolean sameMinor(Release other) {
    return major == other.major && minor == other.minor;
  }

  @Override
  public int compareTo(Release other) {
    return Comparator.comparingInt(Release::major)
        .thenComparingInt(Release::minor)
        .thenComparingInt(Release::patch)
        .compare(this, other);
  }

  @Override
  public String toString() {
    return "v" + major + "." + minor + "." + patch;
  }
}
