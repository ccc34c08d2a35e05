package dev.lambdaconfig.aws;

import dev.lambdaconfig.text.Spelling;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The Regions that resources may name: those of {@code --regions}, else those that the AWS SDK
 * knows (docs/aws.md#regions), and the operator's own in any case.
 *
 * <p>Each Region brings a client, a sweep and a limiter, so a manifest cannot invent one.
 */
public final class KnownRegions {

  /** The most letters that a typo changes. */
  private static final int TYPO = 2;

  private final Set<String> given;
  private final Supplier<Set<String>> offered;
  private final @Nullable String defaultRegion;

  /**
   * Creates the set of an operator.
   *
   * @param given the Regions of {@code --regions}; none for those that the SDK knows
   * @param offered the Regions that the SDK knows, asked only where none are given
   * @param defaultRegion the operator's own Region, or null
   */
  public KnownRegions(
      Set<String> given, Supplier<Set<String>> offered, @Nullable String defaultRegion) {
    this.given = Set.copyOf(given);
    this.offered = offered;
    this.defaultRegion = defaultRegion;
  }

  /** The Region of functions whose resource names none, or null. */
  public @Nullable String defaultRegion() {
    return defaultRegion;
  }

  /** Whether resources may name this Region. */
  public boolean knows(String region) {
    return region.equals(defaultRegion)
        || (given.isEmpty() ? offered.get().contains(region) : given.contains(region));
  }

  /** Returns a message about an unknown Region: what to write instead. */
  public String advice(String region) {
    String nearest = nearest(region).map(near -> " Did you mean " + near + "?").orElse("");
    return given.isEmpty()
        ? "the Region "
            + region
            + " is unknown to this version of the operator."
            + nearest
            + " Correct it; or, if it is new, add it, with all other Regions that resources can"
            + " name, to the operator's --regions (Helm: aws.regions)"
        : "the Region "
            + region
            + " is not allowed by the operator's --regions (Helm: aws.regions)."
            + nearest
            + " Correct it, or add it there";
  }

  private Optional<String> nearest(String region) {
    Set<String> known = new TreeSet<>(given.isEmpty() ? offered.get() : given);
    if (defaultRegion != null) {
      known.add(defaultRegion);
    }
    return Spelling.nearest(region, known, TYPO);
  }
}
