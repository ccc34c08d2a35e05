package dev.lambdaconfig.controller.ownership;

import dev.lambdaconfig.decision.ownership.Claimant;
import dev.lambdaconfig.decision.ownership.Claimant.Part;
import dev.lambdaconfig.decision.ownership.ReadProof;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Comparator;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The resources that name a function by one identity and in one spelling. They share what AWS has
 * answered, so that only their age tells them apart. Not thread-safe.
 */
final class Kin {

  /**
   * The shared part of them.
   *
   * @param named the account in the ARN, or empty where they name none
   */
  record Key(String identity, String named) implements Comparable<Key> {

    private static final Comparator<Key> ORDER =
        Comparator.comparing(Key::identity).thenComparing(Key::named);

    @Override
    public int compareTo(Key other) {
      return ORDER.compare(this, other);
    }
  }

  /** A resource, as the last event or the last list has shown it. */
  record Namesake(ResourceID id, String uid, String created, Part part, Kin kin) {

    /** The oldest first. */
    static final Comparator<Namesake> BY_AGE = Claimant.byAge(Namesake::created, Namesake::uid);

    Claimant claimant() {
      return new Claimant(uid, created, kin.key.identity(), kin.account, part, kin.proof);
    }
  }

  private final Key key;
  private final NavigableSet<Namesake> claiming;
  private final NavigableSet<Namesake> reading;
  private int size;
  private @Nullable String account;
  private @Nullable ReadProof proof;

  Kin(Key key, Comparator<Namesake> byAge) {
    this.key = key;
    this.claiming = new TreeSet<>(byAge);
    this.reading = new TreeSet<>(byAge);
  }

  Key key() {
    return key;
  }

  /** The account of the function, or null where it is not known. */
  @Nullable String account() {
    return account;
  }

  /** Records what is known by now of the function. */
  void know(@Nullable String nowAccount, @Nullable ReadProof nowProof) {
    account = nowAccount;
    proof = nowProof;
  }

  void add(Namesake member) {
    size++;
    if (member.part().claims()) {
      claiming.add(member);
    }
    if (member.part().reads()) {
      reading.add(member);
    }
  }

  void remove(Namesake member) {
    size--;
    claiming.remove(member);
    reading.remove(member);
  }

  int size() {
    return size;
  }

  /** Whether one of them has a proven claim. */
  boolean hasProvenClaim() {
    return proof != null && proof.readable() && !claiming.isEmpty();
  }

  /** The oldest one that claims the function. */
  Namesake oldest() {
    return claiming.first();
  }

  /** The oldest that claim, and the oldest that read: of more than these the rule asks nothing. */
  Stream<Namesake> foremost(int readers) {
    return Stream.concat(claiming.stream().limit(1), reading.stream().limit(readers));
  }
}
