package dev.lambdaconfig.decision.ownership;

import java.util.Comparator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A resource that names a function.
 *
 * @param created its creation timestamp
 * @param identity the key of the identity by which it calls
 * @param account the account of the function, or null where it is not known
 * @param part what it does with the function
 * @param proof what AWS has answered to its identity, or null
 */
public record Claimant(
    String uid,
    String created,
    String identity,
    @Nullable String account,
    Part part,
    @Nullable ReadProof proof) {

  /** The use that a resource makes of its function. */
  public enum Part {
    /** It reads and writes it. */
    WRITES,
    /** It keeps its claim, and does neither for now. */
    RESTS,
    /** It only reads it, without a claim. */
    READS,
    /** It has nothing to do with it. */
    NONE;

    /** Whether such a resource may have a claim. */
    public boolean claims() {
      return this == WRITES || this == RESTS;
    }

    /** Whether the function of such a resource is read, now or soon. */
    public boolean reads() {
      return this == WRITES || this == READS;
    }
  }

  /** The oldest first. */
  static final Comparator<Claimant> BY_AGE = byAge(Claimant::created, Claimant::uid);

  /**
   * The order of resources by age, the oldest first.
   *
   * @param created returns the creation timestamp
   * @param uid returns the UID, which decides between resources of one second
   */
  public static <T> Comparator<T> byAge(Function<T, String> created, Function<T, String> uid) {
    return Comparator.comparing(created).thenComparing(uid);
  }

  /** Whether it may have a claim. */
  public boolean claims() {
    return part.claims();
  }

  /** Whether its function is read, now or soon. */
  boolean reads() {
    return part.reads();
  }

  /** Whether its identity could read the function when it last tried. */
  public boolean isProven() {
    return proof != null && proof.readable();
  }

  /** Whether it is the older one of two. */
  public boolean isOlderThan(Claimant other) {
    return BY_AGE.compare(this, other) < 0;
  }

  /** Whether the two are known to mean different functions. */
  boolean meansOtherThan(Claimant other) {
    return meansOtherThan(other.account);
  }

  /** Whether its function is known to be another than that of the same name in an account. */
  public boolean meansOtherThan(@Nullable String otherAccount) {
    return account != null && otherAccount != null && !account.equals(otherAccount);
  }

  /** Whether both accounts are known, so that it is known whether the two mean one function. */
  boolean isComparableTo(Claimant other) {
    return account != null && other.account != null;
  }
}
