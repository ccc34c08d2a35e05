package dev.lambdaconfig.aws.sweep.watched;

import dev.lambdaconfig.aws.FunctionLists.ListedFunction;
import dev.lambdaconfig.debug.StateSizes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The managed functions of one Region, and which of them a page of the list shows to have changed.
 * Times are those of a steady clock, in nanoseconds. Thread-safe.
 */
public final class WatchedFunctions {

  /**
   * The functions whose reads one account pays for.
   *
   * @param account the account, or null for the operator's own
   * @param functions the number of functions
   */
  public record ReadGroup(@Nullable String account, int functions) {}

  /** The account of a list without functions: no resource names it. */
  private static final String NONE = "";

  private final String region;
  private final Map<String, WatchedFunction> byUid = new HashMap<>();

  /** Immutable lists: nearly all have one entry, of which there can be a hundred thousand. */
  private final Map<String, List<WatchedFunction>> byName = new HashMap<>();

  private final FunctionCounts counts = new FunctionCounts();

  /** The account whose functions are listed, or {@link #NONE}; null until that is known. */
  private @Nullable String home;

  /** The number of functions in an account that the list does not show. */
  private int foreign;

  /** Watches no function of a Region yet. */
  public WatchedFunctions(String region) {
    this.region = region;
  }

  /** The Region of the functions. */
  public String region() {
    return region;
  }

  /**
   * Watches a function, unless it is watched already.
   *
   * @param account the account that the resource names, or null
   * @param revision the revision that is known of it from before, or null
   */
  public void watch(
      String uid, String name, @Nullable String account, @Nullable String revision, long now) {
    watch(new WatchedFunction(uid, name, account, revision, now));
  }

  /**
   * Watches a function, unless its resource watches one already. Where an identity of the
   * function's account calls it, the list of the operator's identity counts for it only once both
   * are known to be of one account.
   */
  public synchronized void watch(WatchedFunction watched) {
    if (byUid.putIfAbsent(watched.uid(), watched) != null) {
      return;
    }
    foreign += watched.isOutside(home) ? 1 : 0;
    counts.add(watched, 1);
    byName.merge(
        watched.name(),
        List.of(watched),
        (namesakes, one) -> Stream.concat(namesakes.stream(), one.stream()).toList());
  }

  /** Watches the function of a resource no longer. */
  public synchronized void forget(String uid) {
    WatchedFunction watched = byUid.remove(uid);
    if (watched != null) {
      foreign -= watched.isOutside(home) ? 1 : 0;
      counts.add(watched, -1);
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
  public synchronized void seen(String uid, Sighting sighting, long now) {
    WatchedFunction watched = byUid.get(uid);
    if (watched != null) {
      int before = watched.isProven() ? 1 : 0;
      watched.seen(sighting, now);
      counts.addProven(watched, (watched.isProven() ? 1 : 0) - before);
    }
  }

  /**
   * Records that an update is sent, or that it came to nothing: a page may show what it does before
   * its answer is here.
   */
  public synchronized void updating(String uid, boolean underWay) {
    WatchedFunction watched = byUid.get(uid);
    if (watched != null) {
      watched.updating(underWay);
    }
  }

  /** Records the account whose functions are listed; null is no news. */
  public synchronized void isHome(@Nullable String account) {
    if (account != null && !account.equals(home)) {
      home = account;
      foreign = (int) byUid.values().stream().filter(each -> each.isOutside(home)).count();
    }
  }

  /** Whether an account is that of the operator's own identity. */
  public synchronized boolean isOwn(String account) {
    return account.equals(home);
  }

  /** Records that the list is empty, so that it shows no account. */
  synchronized void isEmptyList() {
    if (home == null) {
      isHome(NONE);
    }
  }

  /** Whether the function is in an account that the list does not show. */
  public synchronized boolean isForeign(String uid) {
    WatchedFunction watched = byUid.get(uid);
    return watched != null && watched.isOutside(home);
  }

  /** Whether the resource acts as an identity of the function's account. */
  public synchronized boolean hasSession(String uid) {
    return hasSession(byUid.get(uid));
  }

  /**
   * The functions that are read at the cost of the same account as that of a resource: where there
   * is its function, without those that manifests have invented.
   */
  public synchronized ReadGroup readGroup(String uid) {
    WatchedFunction watched = byUid.get(uid);
    String account = watched == null ? null : watched.account();
    boolean unproven = (home == null || home.equals(NONE)) && !hasSession(watched);
    boolean exists = watched != null && watched.isProven();
    return account == null || account.equals(home) || unproven
        ? readGroup(null, exists)
        : readGroup(account, exists);
  }

  /**
   * The functions that are read at the cost of an account.
   *
   * @param account the account, or null for the operator's own
   * @param proven whether those that manifests have invented are left out
   */
  synchronized ReadGroup readGroup(@Nullable String account, boolean proven) {
    int functions =
        account == null
            ? readByOwn(proven)
            : proven ? counts.provenIn(account) : counts.in(account);
    return new ReadGroup(account, Math.max(1, functions));
  }

  private int readByOwn(boolean proven) {
    // Until the own account is known it pays for all.
    if (home == null || home.equals(NONE)) {
      return proven ? counts.proven() : byUid.size();
    }
    return proven ? counts.provenUnnamed() + counts.provenIn(home) : size();
  }

  /** Whether STS has named the function's account, so that it pays for its calls itself. */
  private static boolean hasSession(@Nullable WatchedFunction watched) {
    return watched != null && watched.lister() != null;
  }

  /** The number of functions that the operator's own list could show. */
  synchronized int size() {
    return byUid.size() - foreign;
  }

  /** The number of functions that there are in another account than the operator's own. */
  synchronized int size(String account) {
    return account.equals(home) ? 0 : counts.provenIn(account);
  }

  /** The number of functions that are watched, in whatever account. */
  public synchronized int total() {
    return byUid.size();
  }

  /** The resources whose function the list of an account could show. */
  synchronized List<WatchedFunction> listable(@Nullable String account) {
    return byUid.values().stream().filter(watched -> isListed(watched, account)).toList();
  }

  private boolean isListed(WatchedFunction watched, @Nullable String account) {
    return account == null
        ? !watched.isOutside(home)
        : account.equals(watched.account()) && watched.isOutside(home);
  }

  /** Whether the function of a resource has been watched since before a time. */
  public synchronized boolean isWatchedSince(String uid, long nanos) {
    WatchedFunction watched = byUid.get(uid);
    return watched != null && watched.isWatchedSince(nanos);
  }

  /** Whether a list of its own identity has shown the function to be what was last known of it. */
  public synchronized boolean isConfirmed(String uid) {
    WatchedFunction watched = byUid.get(uid);
    return watched != null && watched.isConfirmed();
  }

  /**
   * Compares a page of the list of an account with what was last seen.
   *
   * @return the resources whose function is to be read
   */
  synchronized List<String> compare(
      @Nullable String account, List<ListedFunction> listed, WatchedFunction.Page page) {
    List<String> changed = new ArrayList<>();
    for (ListedFunction entry : listed) {
      for (WatchedFunction watched : byName.getOrDefault(entry.name(), List.of())) {
        if (isListed(watched, account) && watched.isChangedIn(entry, page)) {
          changed.add(watched.uid());
        }
      }
    }
    return changed;
  }

  /** The resources whose function a complete round did not show, twice in a row. */
  synchronized List<String> missing(@Nullable String account, long round, long began) {
    List<String> missing = new ArrayList<>();
    for (WatchedFunction watched : byUid.values()) {
      if (isListed(watched, account) && watched.isMissingFrom(round, began)) {
        missing.add(watched.uid());
      }
    }
    return missing;
  }

  /** A resource whose identity may list an account, other than those of some sessions; or null. */
  synchronized @Nullable WatchedFunction lister(String account, Set<String> butOf) {
    for (WatchedFunction watched : byUid.values()) {
      String session = watched.lister();
      if (session != null && isListed(watched, account) && !butOf.contains(session)) {
        return watched;
      }
    }
    return null;
  }

  /** Whether the function of a resource is in an account, and its identity may list that. */
  synchronized boolean isListedBy(String uid, String session, String account) {
    WatchedFunction watched = byUid.get(uid);
    return watched != null && session.equals(watched.lister()) && isListed(watched, account);
  }

  public synchronized void sizes(StateSizes sizes) {
    sizes.add("WatchedFunctions.byUid", byUid.size());
    sizes.add("WatchedFunctions.byName", byName.size());
    counts.sizes(sizes);
  }
}
