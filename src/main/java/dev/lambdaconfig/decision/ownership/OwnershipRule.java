package dev.lambdaconfig.decision.ownership;

import static java.util.stream.Collectors.groupingBy;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rule: the oldest resource with a proven claim owns the function. A claim is proven by a read
 * of the function with the resource's own identity, and no longer once AWS denies it to that
 * identity. Until then it neither wins nor blocks, but for the moment of a read that is due: a
 * younger resource waits for that, so that the order of reads after a start decides nothing.
 */
public final class OwnershipRule {

  /** The resources of one identity that are asked: one of them may be unable to read. */
  public static final int ASKED_OF_AN_IDENTITY = 3;

  /** The resources that are asked together; others come after their answers. */
  private static final int ASKED = 50;

  private static final Ownership OWNED = new Ownership.Owned();

  /** Two resources with the same one mean the same function by the same rights. */
  private record Pair(String identity, @Nullable String account) {}

  private OwnershipRule() {}

  /**
   * Decides whether a resource may write.
   *
   * @param others the other resources that name a function of this Region and name
   */
  public static Ownership of(Claimant self, List<Claimant> others) {
    if (!self.claims()) {
      return OWNED;
    }
    List<Claimant> older =
        others.stream()
            .filter(Claimant::claims)
            .filter(other -> other.isOlderThan(self))
            .filter(other -> !other.meansOtherThan(self))
            .sorted(Claimant.BY_AGE)
            .toList();
    for (Claimant other : older) {
      // What cannot be read reports why, unless it is certain whose the function is.
      if (other.isProven() && (self.isProven() || other.isComparableTo(self))) {
        return new Ownership.Taken(other.uid());
      }
    }
    ReadProof own = self.proof();
    return own == null || !own.readable() ? OWNED : unproven(self, own, older, others);
  }

  /** The ownership where no older claim is proven: one or another may be by the next answer. */
  private static Ownership unproven(
      Claimant self, ReadProof own, List<Claimant> older, List<Claimant> others) {
    Map<String, List<Claimant>> reading =
        others.stream()
            .filter(Claimant::reads)
            .sorted(Claimant.BY_AGE)
            .collect(groupingBy(Claimant::identity));
    Set<Pair> seen = new HashSet<>();
    Set<String> asked = new LinkedHashSet<>();
    String first = null;
    for (Claimant other : older) {
      ReadProof proof = other.proof();
      boolean denied = proof != null && proof.isDeniedSince(own);
      if (denied || !seen.add(new Pair(other.identity(), other.account()))) {
        continue;
      }
      List<String> readers = readers(other, reading.getOrDefault(other.identity(), List.of()));
      boolean mayBeSame = other.identity().equals(self.identity()) && !other.isComparableTo(self);
      if (!readers.isEmpty() || mayBeSame) {
        first = first == null ? other.uid() : first;
        asked.addAll(readers);
      }
      if (asked.size() >= ASKED) {
        break;
      }
    }
    return first == null ? OWNED : new Ownership.Undecided(first, List.copyOf(asked));
  }

  /** The oldest resources whose next read shows what the identity of one may read. */
  private static List<String> readers(Claimant of, List<Claimant> sameIdentity) {
    return sameIdentity.stream()
        .filter(other -> !other.meansOtherThan(of))
        .limit(ASKED_OF_AN_IDENTITY)
        .map(Claimant::uid)
        .toList();
  }
}
