package dev.lambdaconfig.controller.ownership;

import dev.lambdaconfig.controller.ownership.Kin.Namesake;
import dev.lambdaconfig.debug.StateSizes;
import dev.lambdaconfig.decision.ownership.Claimant;
import dev.lambdaconfig.decision.ownership.Ownership;
import dev.lambdaconfig.decision.ownership.OwnershipRule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The resources that name one function, sorted by what the rule of ownership asks for. A tenant can
 * have any number of them, so that no change of one, and no reconcile of one that does not own the
 * function, goes through all. Not thread-safe.
 */
final class Contest {

  /** The key of the functions whose account is not known. */
  private static final String UNKNOWN = "";

  /** The readers of a kin: one more than the rule asks of an identity, as one can be the asker. */
  private static final int READERS = OwnershipRule.ASKED_OF_AN_IDENTITY + 1;

  /** The right of a resource to write, and the other member that this names. */
  record Standing(Ownership ownership, @Nullable Namesake other) {}

  /** Those that mean the function of one account. */
  private static final class Side {
    private final NavigableSet<Kin> proven;
    private int size;

    Side(Comparator<Kin> byOldest) {
      proven = new TreeSet<>(byOldest);
    }
  }

  private final Comparator<Namesake> byAge;
  private final Map<String, Namesake> members = new HashMap<>();
  private final NavigableMap<Kin.Key, Kin> kins = new TreeMap<>();
  private final Map<String, Side> sides = new HashMap<>();
  private final Set<String> waiting = new HashSet<>();

  Contest(Comparator<Namesake> byAge) {
    this.byAge = byAge;
  }

  int size() {
    return members.size();
  }

  /** Whether a resource is in it beside this one. */
  boolean hasOthersThan(String uid) {
    return members.size() > (members.containsKey(uid) ? 1 : 0);
  }

  @Nullable Namesake find(String uid) {
    return members.get(uid);
  }

  /** The kin of a key; one without members is not kept. */
  Kin kin(Kin.Key key) {
    Kin kin = kins.get(key);
    return kin == null ? new Kin(key, byAge) : kin;
  }

  /** Whether any resource is of a kin. */
  boolean has(Kin.Key key) {
    return kins.containsKey(key);
  }

  /** The kins of an identity. */
  Collection<Kin> of(String identity) {
    return kins.subMap(new Kin.Key(identity, ""), true, new Kin.Key(identity, "\uffff"), true)
        .values();
  }

  /** Puts a resource in the place of what was known of it. */
  void put(Namesake member, Consumer<Kin> knowledge) {
    Namesake before = members.get(member.uid());
    if (!member.equals(before)) {
      remove(member.uid());
      boolean isNew = kins.putIfAbsent(member.kin().key(), member.kin()) == null;
      change(
          member.kin(),
          kin -> {
            kin.add(member);
            if (isNew) {
              knowledge.accept(kin);
            }
          });
      members.put(member.uid(), member);
    }
  }

  void remove(String uid) {
    Namesake gone = members.remove(uid);
    if (gone != null) {
      waiting.remove(uid);
      change(gone.kin(), kin -> kin.remove(gone));
      if (gone.kin().size() == 0) {
        kins.remove(gone.kin().key());
      }
    }
  }

  /** Changes a kin, which can move it among the others. */
  void change(Kin kin, Consumer<Kin> change) {
    Side before = sides.get(side(kin.account()));
    if (before != null && kin.size() > 0) {
      before.size -= kin.size();
      if (kin.hasProvenClaim()) {
        before.proven.remove(kin);
      }
      if (before.size == 0) {
        sides.remove(side(kin.account()));
      }
    }
    change.accept(kin);
    if (kin.size() > 0) {
      Side now =
          sides.computeIfAbsent(
              side(kin.account()), key -> new Side(Comparator.comparing(Kin::oldest, byAge)));
      now.size += kin.size();
      if (kin.hasProvenClaim()) {
        now.proven.add(kin);
      }
    }
  }

  private static String side(@Nullable String account) {
    return Objects.requireNonNullElse(account, UNKNOWN);
  }

  /** The sides whose function may be that of an account. */
  private List<Side> sidesOf(@Nullable String account) {
    if (account == null) {
      return List.copyOf(sides.values());
    }
    List<Side> found = new ArrayList<>(2);
    for (String key : List.of(account, UNKNOWN)) {
      Side side = sides.get(key);
      if (side != null) {
        found.add(side);
      }
    }
    return found;
  }

  /** The right of a resource to write. */
  Standing standing(Claimant self) {
    Ownership ownership = ownership(self);
    return new Standing(
        ownership,
        switch (ownership) {
          case Ownership.Owned owned -> null;
          case Ownership.Taken(String owner) -> members.get(owner);
          case Ownership.Undecided(String older, List<String> asked) -> members.get(older);
        });
  }

  /** The ownership by the rule, over those of all that decide it. */
  private Ownership ownership(Claimant self) {
    if (!self.claims() || (self.account() == null && !self.isProven())) {
      // Without a claim nothing is taken from it; and without an account nothing is certain.
      return new Ownership.Owned();
    }
    List<Claimant> oldest =
        sidesOf(self.account()).stream()
            .filter(side -> !side.proven.isEmpty())
            .map(side -> side.proven.first().oldest().claimant())
            .toList();
    Ownership ownership = OwnershipRule.of(self, oldest);
    return self.isProven() && !(ownership instanceof Ownership.Taken)
        ? OwnershipRule.of(self, foremost(self))
        : ownership;
  }

  /** The foremost of each kin: only the reconcile of one that no older proven one precedes asks. */
  private List<Claimant> foremost(Claimant self) {
    return kins.values().stream()
        .flatMap(kin -> kin.foremost(READERS))
        .distinct()
        .filter(member -> !member.uid().equals(self.uid()))
        .map(Namesake::claimant)
        .toList();
  }

  /** Whether an older resource owns the function, whatever this one does. */
  boolean isOwnedBeside(Claimant changed) {
    Side side = changed.account() == null ? null : sides.get(side(changed.account()));
    return side != null
        && !side.proven.isEmpty()
        && side.proven.first().oldest().claimant().isOlderThan(changed);
  }

  /** Whether another resource may mean the same function. */
  boolean isShared(Claimant self) {
    Namesake known = members.get(self.uid());
    boolean counted = known != null && !self.meansOtherThan(known.kin().account());
    return sidesOf(self.account()).stream().mapToInt(side -> side.size).sum() > (counted ? 1 : 0);
  }

  /** Records that a resource waits for the reads of others. */
  void waits(String uid) {
    waiting.add(uid);
  }

  /** Those that still wait. */
  Set<String> waiting(Predicate<String> still) {
    waiting.removeIf(uid -> !still.test(uid));
    return Set.copyOf(waiting);
  }

  /** All of them. */
  List<Claimant> claimants() {
    return members.values().stream().map(Namesake::claimant).toList();
  }

  void sizes(StateSizes sizes) {
    sizes.add("Contest.members", members.size());
    sizes.add("Contest.kins", kins.size());
    sizes.add("Contest.sides", sides.size());
    sizes.add("Contest.waiting", waiting.size());
  }
}
