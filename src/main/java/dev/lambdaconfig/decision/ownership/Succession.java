package dev.lambdaconfig.decision.ownership;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The resources whose ownership may have changed with that of another one. A tenant can name one
 * function in any number of resources, and change the oldest of them as often as it likes: only who
 * takes over, or has to stop, is to know at once. All others only learn the name of another owner.
 *
 * @param now the UIDs of those that may write now, or may not any more
 * @param later the UIDs of those that may not write before and after, the oldest first
 */
public record Succession(List<String> now, List<String> later) {

  /** The change of a claimant. */
  public enum Change {
    /** One resource does something else with its function, or is gone. */
    OF_RESOURCE,
    /** AWS gives another answer to an identity, which all its resources share. */
    OF_IDENTITY
  }

  /**
   * Finds them.
   *
   * @param changed the resource, as it is or was
   * @param others the other resources that may mean the same function
   */
  public static Succession of(Claimant changed, List<Claimant> others, Change change) {
    List<Claimant> claiming =
        others.stream()
            .filter(Claimant::claims)
            .filter(other -> !other.meansOtherThan(changed))
            .sorted(Claimant.BY_AGE)
            .toList();
    if (change == Change.OF_RESOURCE && claiming.stream().anyMatch(other -> owns(other, changed))) {
      return new Succession(List.of(), List.of());
    }
    List<String> now = new ArrayList<>();
    List<String> later = new ArrayList<>();
    Set<@Nullable String> accounts = new HashSet<>();
    for (Claimant other : claiming) {
      if (other.isProven() && accounts.add(other.account())) {
        now.add(other.uid());
      } else if (other.part() == Claimant.Part.WRITES) {
        later.add(other.uid());
      }
    }
    return new Succession(List.copyOf(now), List.copyOf(later));
  }

  /** Whether an older resource owns the function, whatever this one does. */
  private static boolean owns(Claimant older, Claimant changed) {
    return older.isProven()
        && older.isComparableTo(changed)
        && Claimant.BY_AGE.compare(older, changed) < 0;
  }
}
