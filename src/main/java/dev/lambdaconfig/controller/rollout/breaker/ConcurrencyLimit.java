package dev.lambdaconfig.controller.rollout.breaker;

import dev.lambdaconfig.debug.StateSizes;
import dev.lambdaconfig.model.Jitter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The limit of updates of one account and Region that are under way at the same time. Without it, a
 * change that fails only when it settles would be sent a thousand times before the first failure.
 *
 * <ul>
 *   <li>A namespace may have ten, and two more for each of its updates that succeeded.
 *   <li>All together may have fifteen, and three more for each that succeeded. Of what the others
 *       leave a namespace takes two thirds at most: some places are always left for another one,
 *       and the fewer a namespace has under way, the sooner it gets the next.
 * </ul>
 *
 * <p>An update without a place waits, and is called when there is one: without a call, thousands
 * would come back each second to find out that there is none.
 *
 * <p>Times are nanoseconds of a steady clock. Not thread-safe.
 */
final class ConcurrencyLimit {

  private static final int FIRST_OF_NAMESPACE = 10;
  private static final int MORE_OF_NAMESPACE = 2;
  private static final int FIRST_OF_ALL = 15;
  private static final int MORE_OF_ALL = 3;

  /** Number of successful updates after which there is no limit any more. */
  private static final int PROVEN = 500;

  private static final long SECOND = 1_000_000_000L;
  private static final long MINUTE = 60 * SECOND;

  /** Time without updates after which earlier successes prove nothing of the next change. */
  private static final long IDLE = 10 * MINUTE;

  private static final long NEVER_ENDS = 2 * MINUTE;
  private static final long NEVER_SENT = 10 * SECOND;

  /** Time for which a place is kept for the update that was called for it. */
  private static final long CALLED = SECOND;

  private static final long SHORTEST_WAIT = SECOND / 4;
  private static final long LONGEST_WAIT = 10 * SECOND;
  private static final long LONGER_BY_WAITING = SECOND / 100;

  private record UnderWay(String namespace, long since) {}

  /** The places of one namespace. */
  private static final class Share {
    private int underWay;
    private int called;
    private int successes;

    /** Updates that found no place, the first to come first. */
    private final SequencedSet<String> waiting = new LinkedHashSet<>();

    private long lastSent;

    void sizes(StateSizes sizes) {
      sizes.add("Share.waiting", waiting.size());
    }
  }

  /** Updates that were admitted, and not sent yet; the oldest first. */
  private final SequencedMap<String, UnderWay> going = new LinkedHashMap<>();

  /** Updates that were sent, and have not settled yet; the oldest first. */
  private final SequencedMap<String, UnderWay> unsettled = new LinkedHashMap<>();

  /** Updates that were called for a place, and have not come yet; the first called first. */
  private final SequencedMap<String, UnderWay> called = new LinkedHashMap<>();

  private final Map<String, Share> shares = new HashMap<>();

  /** The namespaces of updates that wait. */
  private final SequencedSet<String> waiting = new LinkedHashSet<>();

  private final Predicate<String> isPaused;
  private int waitingUpdates;
  private int successes;
  private long lastSent;

  /**
   * Creates a limit without updates.
   *
   * @param isPaused whether a namespace may send no updates, and would leave called places unused
   */
  ConcurrencyLimit(Predicate<String> isPaused) {
    this.isPaused = isPaused;
  }

  /**
   * Takes a place for an update that is sent within 10 s.
   *
   * @param exempt whether the update takes a place in any case
   * @return null, or the delay before the next attempt where no call comes before: above 0
   */
  @Nullable Duration tryAcquire(String namespace, String uid, boolean exempt, long now) {
    expire(now);
    Share share = share(namespace);
    if (now - share.lastSent >= IDLE) {
      share.successes = 0;
    }
    uncall(uid);
    if (isUnderWay(uid)) {
      return null;
    }
    if (!exempt && !hasRoom(share)) {
      long base = Math.min(LONGEST_WAIT / 2, SHORTEST_WAIT + LONGER_BY_WAITING * waitingUpdates);
      waitingUpdates += share.waiting.add(uid) ? 1 : 0;
      waiting.add(namespace);
      return Duration.ofNanos((long) (base * (1 + Jitter.of(uid))));
    }
    waitingUpdates -= share.waiting.remove(uid) ? 1 : 0;
    share.underWay++;
    going.putLast(uid, new UnderWay(namespace, now));
    return null;
  }

  private boolean hasRoom(Share share) {
    int own = share.underWay + share.called + 1;
    if (share.successes < PROVEN
        && own > FIRST_OF_NAMESPACE + MORE_OF_NAMESPACE * share.successes) {
      return false;
    }
    int others = underWay() + called.size() + 1 - own;
    int leftByOthers = FIRST_OF_ALL + MORE_OF_ALL * successes - others;
    return successes >= PROVEN || 3 * own <= 2 * leftByOthers;
  }

  /**
   * Calls updates that wait, as many as there are places: of the namespace with the fewest under
   * way first, and in each the first to come.
   *
   * @return the UIDs of their resources
   */
  List<String> call(long now) {
    expire(now);
    List<String> all = new ArrayList<>();
    for (String namespace = next(); namespace != null; namespace = next()) {
      Share share = share(namespace);
      String uid = share.waiting.removeFirst();
      waitingUpdates--;
      share.called++;
      called.putLast(uid, new UnderWay(namespace, now));
      all.add(uid);
    }
    return all;
  }

  /** The namespace whose turn it is to have an update called, or null where there is none. */
  private @Nullable String next() {
    String first = null;
    int fewest = Integer.MAX_VALUE;
    waiting.removeIf(namespace -> share(namespace).waiting.isEmpty());
    for (String namespace : waiting) {
      Share share = share(namespace);
      int own = share.underWay + share.called;
      if (own < fewest && hasRoom(share) && !isPaused.test(namespace)) {
        fewest = own;
        first = namespace;
      }
    }
    return first;
  }

  private void uncall(String uid) {
    uncalled(called.remove(uid));
  }

  private void uncalled(@Nullable UnderWay update) {
    Share share = update == null ? null : shares.get(update.namespace());
    if (share != null) {
      share.called--;
    }
  }

  /** Frees the place of an update that is not wanted any more, or its turn to get one. */
  void leave(String namespace, String uid) {
    release(uid);
    uncall(uid);
    Share share = shares.get(namespace);
    if (share != null) {
      waitingUpdates -= share.waiting.remove(uid) ? 1 : 0;
    }
  }

  /** Records that an update was sent and accepted: it keeps its place for two minutes at most. */
  void sent(String namespace, String uid, long now) {
    Share share = share(namespace);
    if (!isUnderWay(uid)) {
      share.underWay++;
    }
    going.remove(uid);
    unsettled.putLast(uid, new UnderWay(namespace, now));
    share.lastSent = now;
    lastSent = now;
  }

  /** Frees the place of an update that has ended. */
  void release(String uid) {
    free(going.remove(uid));
    free(unsettled.remove(uid));
  }

  private void free(@Nullable UnderWay update) {
    Share share = update == null ? null : shares.get(update.namespace());
    if (share != null) {
      share.underWay--;
    }
  }

  void succeeded(String namespace) {
    share(namespace).successes++;
    successes++;
  }

  /** Resets the proven updates of a namespace. */
  void restart(String namespace) {
    share(namespace).successes = 0;
  }

  /** Resets the proven updates of all namespaces together. */
  void restart() {
    successes = 0;
  }

  /** Forgets a namespace that has nothing under way. */
  void forget(String namespace) {
    Share share = shares.remove(namespace);
    waitingUpdates -= share == null ? 0 : share.waiting.size();
    waiting.remove(namespace);
  }

  /** Whether updates of a namespace are under way, or wait. */
  boolean isUsedBy(String namespace, long now) {
    expire(now);
    Share share = shares.get(namespace);
    return share != null && share.underWay + share.called + share.waiting.size() > 0;
  }

  /** Whether updates are under way, or wait. */
  boolean isUsed(long now) {
    expire(now);
    return underWay() + called.size() + waitingUpdates > 0;
  }

  /** The number of updates that were admitted and have not ended. */
  int underWay() {
    return going.size() + unsettled.size();
  }

  /** Frees the places of updates that did not come when called, were never sent, or never ended. */
  void expire(long now) {
    expire(called, now - CALLED, this::uncalled);
    expire(going, now - NEVER_SENT, this::free);
    expire(unsettled, now - NEVER_ENDS, this::free);
    if (now - lastSent >= IDLE) {
      successes = 0;
    }
  }

  private static void expire(
      SequencedMap<String, UnderWay> updates, long before, Consumer<UnderWay> freed) {
    while (!updates.isEmpty() && updates.firstEntry().getValue().since() < before) {
      freed.accept(updates.pollFirstEntry().getValue());
    }
  }

  private boolean isUnderWay(String uid) {
    return going.containsKey(uid) || unsettled.containsKey(uid);
  }

  private Share share(String namespace) {
    return shares.computeIfAbsent(namespace, any -> new Share());
  }

  void sizes(StateSizes sizes) {
    sizes.add("ConcurrencyLimit.going", going.size());
    sizes.add("ConcurrencyLimit.unsettled", unsettled.size());
    sizes.add("ConcurrencyLimit.called", called.size());
    sizes.add("ConcurrencyLimit.shares", shares.size());
    sizes.add("ConcurrencyLimit.waiting", waiting.size());
    shares.values().forEach(share -> share.sizes(sizes));
  }
}
