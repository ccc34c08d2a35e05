package dev.lambdaconfig.controller;

import dev.lambdaconfig.aws.budget.Spread;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The brake on updates of one account and Region: one bad change to a thousand functions must fail
 * on a handful of them, not on all.
 *
 * <pre>
 *   closed ──5 resources, half of the last, failed alike──► paused, 5 min ──► half open: one probe
 *     ▲                                                       ▲                │          │
 *     └──── a probe succeeded, or released by a person ───────┼────────────────┘          │
 *                                                             └─ failed alike: twice as long,
 *                                                                up to 1 h
 * </pre>
 *
 * <p>What fails only when it settles would be sent a thousand times before the first one ends. So
 * updates that have not ended are limited: ten, and two more for each that succeeded.
 *
 * <p>It is asked, and never waits. Thread-safe.
 */
final class UpdateBreaker {

  /** Whether an update may be sent. Delays are above 0. */
  sealed interface Verdict {

    /** To be sent, once, within 10 s; the place counts as taken until then. */
    record Go() implements Verdict {}

    /** Too many have not ended yet. */
    record Wait(Duration delay) implements Verdict {}

    /** Too many failed alike. The delay differs from caller to caller, the pause does not. */
    record Paused(Pause pause, Duration delay) implements Verdict {}
  }

  /**
   * Why and for how long no updates are sent. The same as long as one pause lasts.
   *
   * @param reason AWS's code of the failures
   * @param failed the resources whose last update failed with it
   * @param of the resources that were looked at, with each one's last update
   */
  record Pause(String reason, int failed, int of, Duration length) {}

  private record Ended(@Nullable String failureCode, long at) {}

  private record Probe(String uid, long since) {}

  private static final int WINDOW = 20;
  private static final int ALIKE = 5;
  private static final int FIRST_UNSETTLED = 10;
  private static final int MORE_BY_SUCCESS = 2;
  private static final int LIMITED_UP_TO = 1000;

  private static final Duration FIRST_PAUSE = Duration.ofMinutes(5);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

  private static final long SECOND = 1_000_000_000L;
  private static final long MINUTE = 60 * SECOND;
  private static final long IDLE = 10 * MINUTE;
  private static final long NEVER_ENDS = 2 * MINUTE;
  private static final long NEVER_SENT = 10 * SECOND;

  /**
   * What failed longer ago has no common cause with what fails now. Shorter than the 30 minutes
   * after which what AWS refused is sent again: a few old failures must not trip it each time.
   */
  private static final long OF_ONE_CHANGE = 15 * MINUTE;

  private static final long SHORTEST_WAIT = SECOND / 4;
  private static final long LONGEST_WAIT = 2 * SECOND;
  private static final long LONGER_BY_WAITING = SECOND / 100;

  /** Before one who is paused looks whether a probe has ended. */
  private static final long PROBE_WAIT = 5 * SECOND;

  private final LongSupplier nanos;
  private final long origin;

  /** By resource, its last ended update; the oldest first. */
  private final SequencedMap<String, Ended> window = new LinkedHashMap<>();

  private final SequencedMap<String, Long> going = new LinkedHashMap<>();
  private final SequencedMap<String, Long> unsettled = new LinkedHashMap<>();
  private int successes;

  /** Since one was let go. */
  private int waited;

  private long lastSent;
  private @Nullable Pause pause;
  private long pausedSince;
  private @Nullable Probe probe;

  /**
   * @param nanos a clock that only runs forward, from whatever origin
   */
  UpdateBreaker(LongSupplier nanos) {
    this.nanos = nanos;
    this.origin = nanos.getAsLong();
  }

  /**
   * Asks whether an update may be sent now; to be asked right before it is.
   *
   * @param uid of the resource
   * @param requested whether a person asked for this very resource: then it goes as a probe, even
   *     while the pause lasts. But one at a time, or asking for all would be no brake at all.
   */
  synchronized Verdict mayUpdate(String uid, boolean requested) {
    long now = now();
    forgetLost(now);
    if (pause != null) {
      return whilePaused(pause, uid, requested, now);
    }
    if (now - lastSent >= IDLE) {
      successes = 0;
    }
    if (!isUnderWay(uid) && unsettled() >= limit()) {
      long base = Math.min(LONGEST_WAIT / 2, SHORTEST_WAIT + LONGER_BY_WAITING * waited++);
      return new Verdict.Wait(Duration.ofNanos((long) (base * (1 + Spread.of(uid)))));
    }
    waited = 0;
    if (!unsettled.containsKey(uid)) {
      going.putLast(uid, now);
    }
    return new Verdict.Go();
  }

  private Verdict whilePaused(Pause current, String uid, boolean requested, long now) {
    if (probe != null && probe.uid().equals(uid)) {
      return new Verdict.Go();
    }
    long left = left(current, now);
    if (probe == null && (left <= 0 || requested)) {
      probe = new Probe(uid, now);
      return new Verdict.Go();
    }
    long wait = requested ? PROBE_WAIT : Math.max(PROBE_WAIT, left);
    double spread = requested ? PROBE_WAIT : current.length().toNanos() / 10.0;
    return new Verdict.Paused(current, Duration.ofNanos(wait + (long) (spread * Spread.of(uid))));
  }

  /** An update was sent and accepted: from now on it is waited for. */
  synchronized void sent(String uid) {
    long now = now();
    going.remove(uid);
    unsettled.putLast(uid, now);
    lastSent = now;
  }

  /** An update is no longer under way, and says nothing of others: its place is free. */
  synchronized void over(String uid) {
    going.remove(uid);
    unsettled.remove(uid);
  }

  /**
   * An update ended.
   *
   * @param failureCode AWS's code if it was refused or failed to settle; null if it succeeded
   * @return the pause that begins with it, if one does
   */
  synchronized Optional<Pause> ended(String uid, @Nullable String failureCode) {
    long now = now();
    forgetLost(now);
    boolean wasProbe = probe != null && probe.uid().equals(uid);
    over(uid);
    window.putLast(uid, new Ended(failureCode, now));
    if (window.size() > WINDOW) {
      window.pollFirstEntry();
    }
    if (pause == null) {
      return endedFreely(failureCode, now);
    }
    if (!wasProbe) {
      return Optional.empty();
    }
    probe = null;
    return probed(pause, failureCode, now);
  }

  private Optional<Pause> endedFreely(@Nullable String failureCode, long now) {
    if (failureCode == null) {
      successes++;
      return Optional.empty();
    }
    while (now - window.firstEntry().getValue().at() > OF_ONE_CHANGE) {
      window.pollFirstEntry();
    }
    int alike = alike(failureCode);
    if (alike < ALIKE || 2 * alike < window.size()) {
      return Optional.empty();
    }
    return Optional.of(begin(failureCode, FIRST_PAUSE, now));
  }

  private Optional<Pause> probed(Pause current, @Nullable String failureCode, long now) {
    if (failureCode == null) {
      close();
      return Optional.empty();
    }
    // What failed otherwise says nothing of the reason: another one has to try. And a person who
    // tries before the time is over must not make it longer.
    if (!failureCode.equals(current.reason()) || left(current, now) > 0) {
      return Optional.empty();
    }
    Duration twice = current.length().multipliedBy(2);
    return Optional.of(
        begin(failureCode, twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE, now));
  }

  private Pause begin(String code, Duration length, long now) {
    Pause begun = new Pause(code, alike(code), window.size(), length);
    pause = begun;
    pausedSince = now;
    return begun;
  }

  private void close() {
    pause = null;
    probe = null;
    window.clear();
    successes = 0;
    waited = 0;
  }

  /**
   * A person lets updates go on; what failed before counts no longer.
   *
   * @return whether they were paused
   */
  synchronized boolean release() {
    boolean wasPaused = pause != null;
    close();
    return wasPaused;
  }

  /** Why no updates are sent, if so; while one tries whether they may be again, too. */
  synchronized Optional<Pause> pause() {
    return Optional.ofNullable(pause);
  }

  /** Updates that were let go and have not ended. */
  synchronized int unsettled() {
    forgetLost(now());
    return going.size() + unsettled.size();
  }

  private int limit() {
    int limit = FIRST_UNSETTLED + MORE_BY_SUCCESS * successes;
    return limit > LIMITED_UP_TO ? Integer.MAX_VALUE : limit;
  }

  private boolean isUnderWay(String uid) {
    return going.containsKey(uid) || unsettled.containsKey(uid);
  }

  private int alike(String failureCode) {
    return (int)
        window.values().stream().filter(ended -> failureCode.equals(ended.failureCode())).count();
  }

  private long left(Pause current, long now) {
    return pausedSince + current.length().toNanos() - now;
  }

  /** Resources are deleted while their updates run, and passes end without sending. */
  private void forgetLost(long now) {
    forget(going, now - NEVER_SENT);
    forget(unsettled, now - NEVER_ENDS);
    if (probe != null && probe.since() < now - NEVER_ENDS) {
      probe = null;
    }
  }

  private static void forget(SequencedMap<String, Long> updates, long before) {
    while (!updates.isEmpty() && updates.firstEntry().getValue() < before) {
      updates.pollFirstEntry();
    }
  }

  private long now() {
    return nanos.getAsLong() - origin;
  }
}
