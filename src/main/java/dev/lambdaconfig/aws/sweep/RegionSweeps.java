package dev.lambdaconfig.aws.sweep;

import dev.lambdaconfig.aws.sweep.watched.ListedAccount;
import dev.lambdaconfig.aws.sweep.watched.RoundWaits;
import dev.lambdaconfig.aws.sweep.watched.WatchedFunction;
import dev.lambdaconfig.aws.sweep.watched.WatchedFunctions;
import dev.lambdaconfig.debug.StateSizes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
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
  private final LongSupplier nanos;
  private final BiConsumer<List<String>, Duration> reader;
  private final RoundWaits waits;
  private final AtomicBoolean leaving = new AtomicBoolean();

  /**
   * The neighbours of the resources that wait for a round.
   *
   * @param after runs a task after a time
   * @param reader has functions read by their own resources, by UID, within a time
   */
  record Ports(BiConsumer<Duration, Runnable> after, BiConsumer<List<String>, Duration> reader) {}

  /**
   * Begins the sweep of the operator's own account.
   *
   * @param ports the neighbours of the resources that wait for a round
   * @param nanos a steady clock, in nanoseconds
   */
  RegionSweeps(
      String region, Function<ListedAccount, Sweep> creation, Ports ports, LongSupplier nanos) {
    this.watched = new WatchedFunctions(region);
    this.creation = creation;
    this.reader = ports.reader();
    this.waits = new RoundWaits(this::outlook, ports.after(), this::readEach);
    this.nanos = nanos;
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

  /** Watches the function of a resource no longer. */
  void forget(String uid) {
    waits.end(uid);
    watched.forget(uid);
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
    return mayBeListed(of(uid)) && isListable(uid);
  }

  /** Whether the list of its account could confirm a function for its identity. */
  private boolean isListable(String uid) {
    return watched.hasSession(uid) == watched.isForeign(uid);
  }

  private static boolean mayBeListed(@Nullable Sweep sweep) {
    return sweep != null && sweep.mode().mayList();
  }

  /** The resources that wait for a round. */
  RoundWaits waits() {
    return waits;
  }

  /**
   * The outlook for the function of a resource. The first round is waited for as long as it may
   * take, and the next one where the page of the function came before its resource was watched.
   */
  private RoundWaits.Outlook outlook(String uid) {
    long now = nanos.getAsLong();
    if (!isWatchedFor(uid, Duration.ZERO, now)) {
      return RoundWaits.Outlook.DROPPED;
    }
    Sweep sweep = of(uid);
    boolean listable = sweep != null && isListable(uid);
    // Before the look whether it is confirmed: a round confirms before it ends.
    boolean expected =
        sweep != null && listable && mayBeListed(sweep) && isExpected(sweep, uid, now);
    if (watched.isConfirmed(uid)) {
      return RoundWaits.Outlook.CONFIRMED;
    }
    if (expected) {
      return RoundWaits.Outlook.EXPECTED;
    }
    // The end of a list has told all whose functions it could show, as far as that was known.
    return listable && !mayBeListed(sweep) ? RoundWaits.Outlook.DROPPED : RoundWaits.Outlook.NONE;
  }

  private boolean isExpected(Sweep sweep, String uid, long now) {
    SweepRound.Complete last = sweep.lastRound();
    if (last == null) {
      return !sweep.isOverdue(now) && !isWatchedFor(uid, sweep.patience(), now);
    }
    Duration next = sweep.expected();
    return !watched.isWatchedSince(uid, last.began())
        && next.compareTo(FleetSweeper.LONGEST_WAIT) <= 0
        // The rest of the last round comes before the next one.
        && !isWatchedFor(uid, FleetSweeper.LONGEST_WAIT.plus(next), now);
  }

  private boolean isWatchedFor(String uid, Duration time, long now) {
    return watched.isWatchedSince(uid, now - time.toNanos());
  }

  /** Schedules reads of functions for which no round will answer, at the pace of their account. */
  private void readEach(List<String> unanswered) {
    unanswered.stream()
        .collect(Collectors.groupingBy(uid -> Objects.requireNonNullElse(of(uid), own)))
        .forEach((sweep, uids) -> reader.accept(uids, sweep.toRead(uids.size())));
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
    waits.sizes(sizes);
    watched.sizes(sizes);
    all().forEach(sweep -> sweep.sizes(sizes));
  }
}
