package dev.lambdaconfig.aws.sweep;

import dev.lambdaconfig.aws.FunctionLists.ListedFunction;
import dev.lambdaconfig.debug.StateSizes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The managed functions of one Region, and which of them a page of the list shows to have changed.
 * Times are those of a steady clock, in nanoseconds. Thread-safe.
 */
final class WatchedFunctions {

  /**
   * The functions whose reads one account pays for.
   *
   * @param account the account, or null for the operator's own
   * @param functions the number of functions
   */
  record ReadGroup(@Nullable String account, int functions) {}

  /** The account of a list without functions: no resource names it. */
  private static final String NONE = "";

  private final String region;
  private final Map<String, WatchedFunction> byUid = new HashMap<>();

  /** Immutable lists: nearly all have one entry, of which there can be a hundred thousand. */
  private final Map<String, List<WatchedFunction>> byName = new HashMap<>();

  /** The number of functions of each account that resources name. */
  private final Map<String, Integer> inAccount = new HashMap<>();

  /** The account whose functions are listed, or {@link #NONE}; null until that is known. */
  private @Nullable String home;

  /** The number of functions in an account that the list does not show. */
  private int foreign;

  WatchedFunctions(String region) {
    this.region = region;
  }

  /** The Region of the functions. */
  String region() {
    return region;
  }

  /**
   * Watches a function, unless it is watched already.
   *
   * @param account the account that the resource names, or null
   * @param revision the revision that is known of it from before, or null
   */
  void watch(
      String uid, String name, @Nullable String account, @Nullable String revision, long now) {
    watch(new WatchedFunction(uid, name, account, revision, now), false);
  }

  /**
   * Watches a function, unless its resource watches one already.
   *
   * @param ofIdentity whether an identity of its own calls it: the list of the operator's identity
   *     counts for it only once both are known to be of one account
   */
  synchronized void watch(WatchedFunction watched, boolean ofIdentity) {
    if (byUid.putIfAbsent(watched.uid(), watched) != null) {
      return;
    }
    watched.isOfIdentity(ofIdentity);
    foreign += watched.isOutside(home) ? 1 : 0;
    if (watched.account() != null) {
      inAccount.merge(watched.account(), 1, Integer::sum);
    }
    byName.merge(
        watched.name(),
        List.of(watched),
        (namesakes, one) -> Stream.concat(namesakes.stream(), one.stream()).toList());
  }

  /** Watches the function of a resource no longer. */
  synchronized void forget(String uid) {
    WatchedFunction watched = byUid.remove(uid);
    if (watched != null) {
      foreign -= watched.isOutside(home) ? 1 : 0;
      if (watched.account() != null) {
        inAccount.computeIfPresent(
            watched.account(), (account, count) -> count == 1 ? null : count - 1);
      }
      byName.computeIfPresent(
          watched.name(),
          (name, namesakes) -> {
            List<WatchedFunction> others =
                namesakes.stream().filter(each -> each != watched).toList();
            return others.isEmpty() ? null : others;
          });
    }
  }

  /** Records what a read or an update answered about the function of a resource. */
  synchronized void seen(String uid, Sighting sighting, long now) {
    WatchedFunction watched = byUid.get(uid);
    if (watched != null) {
      watched.seen(sighting, now);
    }
  }

  /**
   * Records that an update is sent, or that it came to nothing: a page may show what it does before
   * its answer is here.
   */
  synchronized void updating(String uid, boolean underWay) {
    WatchedFunction watched = byUid.get(uid);
    if (watched != null) {
      watched.updating(underWay);
    }
  }

  /** Records the account whose functions are listed; null is no news. */
  synchronized void isHome(@Nullable String account) {
    if (account != null && !account.equals(home)) {
      home = account;
      foreign = (int) byUid.values().stream().filter(each -> each.isOutside(home)).count();
    }
  }

  /** Records that the list is empty, so that it shows no account. */
  synchronized void isEmptyList() {
    if (home == null) {
      isHome(NONE);
    }
  }

  /** Whether the function is in an account that the list does not show. */
  synchronized boolean isForeign(String uid) {
    WatchedFunction watched = byUid.get(uid);
    return watched != null && watched.isOutside(home);
  }

  /** Whether the resource names an account of which is not known yet whether it is listed. */
  synchronized boolean mayBeForeign(String uid) {
    WatchedFunction watched = byUid.get(uid);
    return home == null && watched != null && watched.account() != null;
  }

  /** The functions that are read at the cost of the same account as that of a resource. */
  synchronized ReadGroup readGroup(String uid) {
    WatchedFunction watched = byUid.get(uid);
    String account = watched == null ? null : watched.account();
    return account == null || account.equals(home) || home == null || home.equals(NONE)
        ? home()
        : new ReadGroup(account, inAccount.getOrDefault(account, 1));
  }

  /** The functions that are read at the cost of the operator's own account. */
  synchronized ReadGroup home() {
    // Until the own account is known it pays for all.
    boolean unknown = home == null || home.equals(NONE);
    return new ReadGroup(null, unknown ? byUid.size() : size());
  }

  /** The number of functions that the list could show. */
  synchronized int size() {
    return byUid.size() - foreign;
  }

  /** The number of functions that are watched, in whatever account. */
  synchronized int total() {
    return byUid.size();
  }

  /** The UIDs of the resources whose function the list could show. */
  synchronized List<String> listable() {
    return byUid.values().stream()
        .filter(watched -> !watched.isOutside(home))
        .map(WatchedFunction::uid)
        .toList();
  }

  /** Whether a list has shown the function to be what was last known of it. */
  synchronized boolean isConfirmed(String uid) {
    WatchedFunction watched = byUid.get(uid);
    return watched != null && watched.isConfirmed();
  }

  /**
   * Compares a page with what was last seen.
   *
   * @param began the start of the call for the page: what was seen since is newer than the page
   * @return the resources whose function is to be read
   */
  synchronized List<String> compare(List<ListedFunction> page, long round, long began) {
    List<String> changed = new ArrayList<>();
    for (ListedFunction entry : page) {
      for (WatchedFunction watched : byName.getOrDefault(entry.name(), List.of())) {
        if (watched.isChangedIn(entry, round, began)) {
          changed.add(watched.uid());
        }
      }
    }
    return changed;
  }

  /** The resources whose function a complete round did not show, twice in a row. */
  synchronized List<String> missing(long round, long began) {
    List<String> missing = new ArrayList<>();
    for (WatchedFunction watched : byUid.values()) {
      if (!watched.isOutside(home) && watched.isMissingFrom(round, began)) {
        missing.add(watched.uid());
      }
    }
    return missing;
  }

  synchronized void sizes(StateSizes sizes) {
    sizes.add("WatchedFunctions.byUid", byUid.size());
    sizes.add("WatchedFunctions.byName", byName.size());
    sizes.add("WatchedFunctions.inAccount", inAccount.size());
  }
}
