package dev.lambdaconfig.aws.sweep;

import dev.lambdaconfig.aws.sweep.watched.ListedAccount;
import dev.lambdaconfig.aws.sweep.watched.WatchedFunction;
import dev.lambdaconfig.aws.sweep.watched.WatchedFunctions;
import dev.lambdaconfig.debug.StateSizes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The sweeps of one Region: that of the operator's own account, and one for each other account that
 * identities of resources are of, however many there are. Thread-safe; sweeps begin and end while
 * nothing else does in the Region.
 */
final class RegionSweeps {

  /** The most other accounts of a Region that are swept; the functions of more are each read. */
  private static final int MOST = 500;

  private final WatchedFunctions watched;
  private final Function<ListedAccount, Sweep> creation;
  private final Sweep own;
  private final Map<String, Sweep> ofAccounts = new ConcurrentHashMap<>();
  private final AtomicBoolean leaving = new AtomicBoolean();

  /** Begins the sweep of the operator's own account. */
  RegionSweeps(String region, Function<ListedAccount, Sweep> creation) {
    this.watched = new WatchedFunctions(region);
    this.creation = creation;
    this.own = creation.apply(new ListedAccount(watched, null));
  }

  String name() {
    return watched.region();
  }

  WatchedFunctions watched() {
    return watched;
  }

  /** The sweep of the operator's own account. */
  Sweep own() {
    return own;
  }

  /** Marks the Region as about to end for want of functions. Returns false if it was marked. */
  boolean beginLeaving() {
    return leaving.compareAndSet(false, true);
  }

  /** Removes the mark of {@link #beginLeaving()}. */
  void endLeaving() {
    leaving.set(false);
  }

  /** Watches a function. Returns the sweep that begins with it, or null. */
  @Nullable Sweep watch(WatchedFunction function) {
    watched.watch(function);
    String account = function.listedAccount();
    if (account == null
        || watched.isOwn(account)
        || ofAccounts.containsKey(account)
        || ofAccounts.size() >= MOST) {
      return null;
    }
    Sweep begun = creation.apply(new ListedAccount(watched, account));
    ofAccounts.put(account, begun);
    return begun;
  }

  /** The sweep of an account, or null where it is not swept; null is the operator's own account. */
  @Nullable Sweep ofAccount(@Nullable String account) {
    return account == null ? own : ofAccounts.get(account);
  }

  /** Whether a sweep has not ended. */
  boolean has(Sweep sweep) {
    return sweep.equals(ofAccount(sweep.scope().account()));
  }

  /** Ends the sweep of an account without functions that it could list, if it is one. */
  void endIfUnneeded(Sweep sweep) {
    String account = sweep.scope().account();
    if (account != null && !sweep.mode().isNeeded()) {
      ofAccounts.remove(account, sweep);
    }
  }

  /** The sweep that may show the function of a resource, or null. */
  private @Nullable Sweep of(String uid) {
    if (!watched.isForeign(uid)) {
      return own;
    }
    String account = watched.readGroup(uid).account();
    return account == null ? null : ofAccounts.get(account);
  }

  /**
   * Whether a list of its own identity shows a function, or may turn out to: the operator's own for
   * those without one, and that of the account for the others.
   */
  boolean mayBeListed(String uid) {
    return mayBeListed(of(uid)) && watched.hasSession(uid) == watched.isForeign(uid);
  }

  private static boolean mayBeListed(@Nullable Sweep sweep) {
    return sweep != null && sweep.mode().mayList();
  }

  /**
   * The time after which the first round of the list that shows a function has answered for it,
   * most likely; where none shows it, the time within which it is to be first read.
   */
  Duration firstRound(String uid) {
    Sweep sweep = of(uid);
    return sweep == null || !mayBeListed(uid) ? own.reads().first(uid) : sweep.firstRound(uid);
  }

  /**
   * Whether a round of the list that may show a function is still to answer for it: the first one,
   * or the next one where the page of the function came before its resource was watched.
   *
   * @param patience the longest time between two rounds for which the next one is waited for
   */
  boolean isToBeListed(String uid, Duration patience) {
    Sweep sweep = of(uid);
    if (sweep == null || !sweep.mode().isListing()) {
      return false;
    }
    SweepRound.Complete last = sweep.lastRound();
    return last == null
        || (!watched.isWatchedSince(uid, last.began())
            && sweep.state().expected().compareTo(patience) <= 0);
  }

  /** The longest time between two reads of a function by its own resource. */
  Duration lookInterval(String uid) {
    return mayBeListed(of(uid)) ? FleetSweeper.FULL_READ : own.reads().between(uid);
  }

  /** All sweeps. */
  List<Sweep> all() {
    return Stream.concat(Stream.of(own), ofAccounts.values().stream()).toList();
  }

  /** The state of each sweep that has functions. */
  List<SweepState> states() {
    return all().stream()
        .filter(sweep -> ofAccounts.isEmpty() || sweep.mode().isNeeded())
        .map(Sweep::state)
        .toList();
  }

  void sizes(StateSizes sizes) {
    sizes.add("RegionSweeps.ofAccounts", ofAccounts.size());
    watched.sizes(sizes);
    all().forEach(sweep -> sweep.sizes(sizes));
  }
}
