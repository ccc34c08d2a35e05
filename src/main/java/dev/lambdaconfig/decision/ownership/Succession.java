package dev.lambdaconfig.decision.ownership;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
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
   * A change.
   *
   * @param claimant the resource, as it is or was; of several of one account the oldest
   * @param alone whether no other resource of the account changed: it need not be told
   */
  public record Changed(Claimant claimant, Change change, boolean alone) {

    /** A change of one resource. */
    public Changed(Claimant claimant, Change change) {
      this(claimant, change, true);
    }

    /** This change and another one of the same account as one. */
    public Changed with(Changed other) {
      return new Changed(
          other.claimant.isOlderThan(claimant) ? other.claimant : claimant,
          change == Change.OF_IDENTITY ? change : other.change,
          alone && other.alone && claimant.uid().equals(other.claimant.uid()));
    }

    private boolean concerns(Claimant other) {
      return !(alone && claimant.uid().equals(other.uid())) && !other.meansOtherThan(claimant);
    }
  }

  /**
   * Finds them.
   *
   * @param changes one for each account, and one where that is not known
   * @param all the resources that name a function of this Region and name
   */
  public static Succession of(Collection<Changed> changes, List<Claimant> all) {
    List<Claimant> claiming =
        all.stream().filter(Claimant::claims).sorted(Claimant.BY_AGE).toList();
    Map<@Nullable String, Changed> effective = effective(changes, claiming);
    List<String> now = new ArrayList<>();
    List<String> later = new ArrayList<>();
    Set<@Nullable String> accounts = new HashSet<>();
    for (Claimant other : claiming) {
      if (!isConcerned(other, effective)) {
        continue;
      }
      if (other.isProven() && accounts.add(other.account())) {
        now.add(other.uid());
      } else if (other.part() == Claimant.Part.WRITES) {
        later.add(other.uid());
      }
    }
    return new Succession(List.copyOf(now), List.copyOf(later));
  }

  /** The changes by account, without those of resources that an older owner precedes anyway. */
  private static Map<@Nullable String, Changed> effective(
      Collection<Changed> changes, List<Claimant> claiming) {
    Map<@Nullable String, Claimant> owners = new HashMap<>();
    claiming.stream()
        .filter(Claimant::isProven)
        .forEach(proven -> owners.putIfAbsent(proven.account(), proven));
    Map<@Nullable String, Changed> effective = new HashMap<>();
    for (Changed changed : changes) {
      String account = changed.claimant().account();
      Claimant owner = account == null ? null : owners.get(account);
      if (changed.change() == Change.OF_IDENTITY
          || owner == null
          || !owner.isOlderThan(changed.claimant())) {
        effective.merge(account, changed, Changed::with);
      }
    }
    return effective;
  }

  private static boolean isConcerned(Claimant other, Map<@Nullable String, Changed> effective) {
    if (other.account() == null) {
      return effective.values().stream().anyMatch(changed -> changed.concerns(other));
    }
    return Stream.of(effective.get(other.account()), effective.get(null))
        .anyMatch(changed -> changed != null && changed.concerns(other));
  }
}
