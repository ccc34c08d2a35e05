package dev.lambdaconfig.controller.rollout.breaker;

import dev.lambdaconfig.debug.StateSizes;
import dev.lambdaconfig.model.Jitter;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds updates back while similar updates fail.
 *
 * <pre>
 *   CLOSED ──opened, 5 min──► OPEN ──the pause is over─► HALF_OPEN: one probe at a time
 *     ▲                        ▲                          │            │
 *     │                        └── probes failed alike: ──┘            │
 *     │                            twice as long, up to 1 h            │
 *     ├────────────── a probe succeeded, or released by a person ──────┘
 *     └── no update waits, and no resource fails so any more; after the pause: too few do
 * </pre>
 *
 * <p>The last way is for a mistake that was reverted: AWS has applied nothing of it, so that no
 * update is left to probe with.
 *
 * <p>Namespaces that share a breaker probe in turn: one whose probe failed waits for twice as long
 * by itself, and only the failures of several open the breaker anew. No namespace can therefore
 * keep the place of the probe from the others, or keep the breaker open for them.
 *
 * <p>Times are nanoseconds of a steady clock. Not thread-safe.
 */
public final class CircuitBreaker {

  /**
   * A pause: its cause and its length. It is the same object for as long as the pause lasts.
   *
   * @param reason AWS's code of the failures
   * @param alike the signature with which a probe has to fail to count
   * @param failed the resources whose last update failed so
   * @param of the resources that were considered, with each one's last update
   */
  public record Trip(String reason, String alike, int failed, int of, Duration length) {}

  /** An update that is held back. The delay differs from caller to caller. */
  record Refusal(Trip pause, Duration delay) {}

  private record Probe(String namespace, String uid, long since) {}

  /** The last probe of a namespace, which may not probe for some time after a failed one. */
  private record LastProbe(long number, Duration length, long until) {
    private static final LastProbe NONE = new LastProbe(0, Duration.ZERO, 0);
  }

  /** Minimum number of resources that fail alike for a pause. */
  static final int ALIKE = 5;

  static final Duration FIRST_PAUSE = Duration.ofMinutes(5);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

  private static final long SECOND = 1_000_000_000L;
  private static final long NEVER_ENDS = 120 * SECOND;

  /** The delay before a caller that is held back asks whether a probe has ended. */
  private static final long PROBE_WAIT = 5 * SECOND;

  /** The time for which a free place is kept for a namespace whose turn is earlier. */
  private static final long GRACE = 10 * SECOND;

  private final int namespacesToOpen;
  private @Nullable Trip pause;
  private long since;
  private @Nullable Probe probe;
  private long freeSince;
  private long probes;

  /** The namespaces whose probes failed alike since the pause was over. */
  private final Set<String> failedProbes = new HashSet<>();

  private final Map<String, LastProbe> turns = new HashMap<>();

  /** The resources that are held back. */
  private final ResourceGroups waiting = new ResourceGroups();

  /** The resources whose last update failed as the pause says, and is still wanted. */
  private final ResourceGroups failing = new ResourceGroups();

  /** Creates a closed breaker, which opens where so many namespaces fail alike. */
  CircuitBreaker(int namespacesToOpen) {
    this.namespacesToOpen = namespacesToOpen;
  }

  boolean isClosed() {
    return pause == null;
  }

  /** The current pause, until the breaker is closed. */
  Optional<Trip> pause() {
    return Optional.ofNullable(pause);
  }

  /** Begins a pause, or begins it anew. */
  Trip open(Trip begun, long now) {
    if (pause != null && !pause.alike().equals(begun.alike())) {
      failing.clear();
    }
    pause = begun;
    since = now;
    probe = null;
    failedProbes.clear();
    turns.replaceAll((namespace, last) -> new LastProbe(last.number(), Duration.ZERO, 0));
    return begun;
  }

  /** Records how the last update of a resource failed; null if there is none that is wanted. */
  void failed(String namespace, String uid, @Nullable String alike) {
    if (pause != null && pause.alike().equals(alike)) {
      failing.add(namespace, uid);
    } else {
      failing.remove(namespace, uid);
    }
  }

  /**
   * Whether a pause holds nothing back, and its cause is gone: at once where no resource fails so
   * any more, else after the pause where too few do to begin one.
   *
   * @param others whether updates are under way, or wait for a place: they may fail alike
   */
  boolean isOver(boolean others, long now) {
    Trip current = pause;
    expire(now);
    if (current == null || probe != null || others || !waiting.isEmpty()) {
      return false;
    }
    return failing.isEmpty()
        || (left(current, now) <= 0
            && (failing.size() < ALIKE || failing.namespaces() < namespacesToOpen));
  }

  /** The length of the next pause after one whose probes failed. */
  Duration nextLength() {
    return pause == null ? FIRST_PAUSE : twice(pause.length());
  }

  private static Duration twice(Duration length) {
    Duration twice = length.multipliedBy(2);
    return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
  }

  /**
   * Decides whether an update may be sent now.
   *
   * @param requested whether a person requested a reconcile of this very resource: then it probes,
   *     even during the pause. But one at a time, or a request for all resources would bypass the
   *     breaker
   * @return null if it may; then it is counted as the probe where one is due
   */
  @Nullable Refusal tryAcquire(String namespace, String uid, boolean requested, long now) {
    Trip current = pause;
    expire(now);
    if (current == null || isProbe(uid)) {
      return null;
    }
    if (probe == null && mayProbe(current, namespace, requested, now)) {
      probe = new Probe(namespace, uid, now);
      LastProbe before = lastProbe(namespace);
      turns.put(namespace, new LastProbe(++probes, before.length(), before.until()));
      waiting.remove(namespace, uid);
      return null;
    }
    waiting.add(namespace, uid);
    long left = Math.max(left(current, now), lastProbe(namespace).until() - now);
    long wait = requested ? PROBE_WAIT : Math.max(PROBE_WAIT, left);
    double jitter = requested ? PROBE_WAIT : current.length().toNanos() / 10.0;
    return new Refusal(current, Duration.ofNanos(wait + (long) (jitter * Jitter.of(uid))));
  }

  private boolean mayProbe(Trip current, String namespace, boolean requested, long now) {
    if (left(current, now) > 0) {
      return requested;
    }
    LastProbe mine = lastProbe(namespace);
    if (!requested && mine.until() > now) {
      return false;
    }
    long free = Math.max(freeSince, since + current.length().toNanos());
    return now - free > GRACE
        || waiting
            .first()
            .map(Map.Entry::getKey)
            .filter(other -> !other.equals(namespace))
            .map(this::lastProbe)
            .noneMatch(other -> other.number() < mine.number() && other.until() <= now);
  }

  /** Whether the resource's update is the probe. */
  boolean isProbe(String uid) {
    return probe != null && probe.uid().equals(uid);
  }

  /**
   * Records a failed probe.
   *
   * @param alike the signature of its failure
   * @return whether updates are to be held back anew, for {@link #nextLength}
   */
  boolean probeFailed(String alike, long now) {
    Trip current = pause;
    Probe failed = probe;
    if (current == null || failed == null) {
      return false;
    }
    free(now);
    // Another failure says nothing about the cause of the pause, so another resource has to probe.
    // And a person who tries during the pause must not make it longer.
    if (!alike.equals(current.alike()) || left(current, now) > 0) {
      return false;
    }
    LastProbe last = lastProbe(failed.namespace());
    Duration before = last.length().isZero() ? current.length() : last.length();
    Duration length = twice(before);
    turns.put(failed.namespace(), new LastProbe(last.number(), length, now + length.toNanos()));
    failedProbes.add(failed.namespace());
    return failedProbes.size() >= namespacesToOpen;
  }

  /** Ends the pause, and returns the resources that were held back. */
  List<String> close() {
    pause = null;
    probe = null;
    failing.clear();
    failedProbes.clear();
    turns.clear();
    return waiting.clear();
  }

  /** Releases the resources of one namespace, and returns those that were held back. */
  List<String> letGo(String namespace) {
    return waiting.removeAll(namespace);
  }

  /** Removes a resource that needs neither the place of the probe nor a call any more. */
  void leave(String namespace, String uid, long now) {
    waiting.remove(namespace, uid);
    if (isProbe(uid)) {
      free(now);
    }
  }

  /** Forgets a namespace that has no resources any more. */
  void forget(String namespace) {
    waiting.removeAll(namespace);
    failing.removeAll(namespace);
    turns.remove(namespace);
    failedProbes.remove(namespace);
  }

  /** The resource whose turn it is to probe, if the place is free and the resource is held back. */
  Optional<String> next(long now) {
    Trip current = pause;
    if (current == null || probe != null || left(current, now) > 0) {
      return Optional.empty();
    }
    return waiting
        .first()
        .filter(entry -> lastProbe(entry.getKey()).until() <= now)
        .min(Comparator.comparing(entry -> lastProbe(entry.getKey()).number()))
        .map(Map.Entry::getValue);
  }

  void sizes(StateSizes sizes) {
    sizes.add("CircuitBreaker.failedProbes", failedProbes.size());
    sizes.add("CircuitBreaker.turns", turns.size());
    sizes.add("CircuitBreaker.waiting", waiting.size());
    sizes.add("CircuitBreaker.failing", failing.size());
  }

  private LastProbe lastProbe(String namespace) {
    return turns.getOrDefault(namespace, LastProbe.NONE);
  }

  private void free(long now) {
    probe = null;
    freeSince = now;
  }

  private void expire(long now) {
    if (probe != null && probe.since() < now - NEVER_ENDS) {
      free(now);
    }
  }

  private long left(Trip current, long now) {
    return since + current.length().toNanos() - now;
  }
}
