package dev.lambdaconfig.controller.rollout.breaker;

import dev.lambdaconfig.debug.StateSizes;
import dev.lambdaconfig.model.Jitter;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
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

  private static final long SHORTEST_WAIT = SECOND / 4;
  private static final long LONGEST_WAIT = 2 * SECOND;
  private static final long LONGER_BY_WAITING = SECOND / 100;

  private record UnderWay(String namespace, long since) {}

  /** The places of one namespace. */
  private static final class Share {
    private int underWay;
    private int successes;

    /** Refusals since the last update of the namespace was admitted. */
    private int refusals;

    private long lastSent;
  }

  /** Updates that were admitted, and not sent yet; the oldest first. */
  private final SequencedMap<String, UnderWay> going = new LinkedHashMap<>();

  /** Updates that were sent, and have not settled yet; the oldest first. */
  private final SequencedMap<String, UnderWay> unsettled = new LinkedHashMap<>();

  private final Map<String, Share> shares = new HashMap<>();
  private int successes;
  private long lastSent;

  /**
   * Takes a place for an update that is sent within 10 s.
   *
   * @param exempt whether the update takes a place in any case
   * @return null, or the delay before the next attempt: above 0
   */
  @Nullable Duration tryAcquire(String namespace, String uid, boolean exempt, long now) {
    expire(now);
    Share share = share(namespace);
    if (now - share.lastSent >= IDLE) {
      share.successes = 0;
    }
    if (isUnderWay(uid)) {
      return null;
    }
    if (!exempt && !hasRoom(share)) {
      long base = Math.min(LONGEST_WAIT / 2, SHORTEST_WAIT + LONGER_BY_WAITING * share.refusals++);
      return Duration.ofNanos((long) (base * (1 + Jitter.of(uid))));
    }
    share.refusals = 0;
    share.underWay++;
    going.putLast(uid, new UnderWay(namespace, now));
    return null;
  }

  private boolean hasRoom(Share share) {
    int own = share.underWay + 1;
    if (share.successes < PROVEN
        && own > FIRST_OF_NAMESPACE + MORE_OF_NAMESPACE * share.successes) {
      return false;
    }
    int leftByOthers = FIRST_OF_ALL + MORE_OF_ALL * successes - (underWay() - share.underWay);
    return successes >= PROVEN || 3 * own <= 2 * leftByOthers;
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
    Share share = share(namespace);
    share.successes = 0;
    share.refusals = 0;
  }

  /** Resets the proven updates of all namespaces together. */
  void restart() {
    successes = 0;
  }

  /** Forgets a namespace that has nothing under way. */
  void forget(String namespace) {
    shares.remove(namespace);
  }

  /** The number of updates that were admitted and have not ended. */
  int underWay() {
    return going.size() + unsettled.size();
  }

  /** Frees the places of updates that were never sent, or never ended. */
  void expire(long now) {
    expire(going, now - NEVER_SENT);
    expire(unsettled, now - NEVER_ENDS);
    if (now - lastSent >= IDLE) {
      successes = 0;
    }
  }

  private void expire(SequencedMap<String, UnderWay> updates, long before) {
    while (!updates.isEmpty() && updates.firstEntry().getValue().since() < before) {
      free(updates.pollFirstEntry().getValue());
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
    sizes.add("ConcurrencyLimit.shares", shares.size());
  }
}
