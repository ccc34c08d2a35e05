package dev.lambdaconfig.aws.sweep;

import dev.lambdaconfig.aws.FunctionLists;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.FailureKind;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The progress of a round through the pages of a Region's list. Not thread-safe, but for the last
 * complete one.
 */
final class SweepRound {

  private static final Logger LOG = LoggerFactory.getLogger(SweepRound.class);

  /** The failures of a page in a row after which another identity of tenants is asked. */
  private static final int MOST_FAILURES = 5;

  /** The same number for the own account, whatever the interval: these take two minutes. */
  private static final int MOST_OWN_FAILURES = 8;

  /** The time that failures may take, however short the interval is. */
  private static final Duration SHORTEST_PATIENCE = Duration.ofSeconds(5);

  /** The failures of an endpoint in a row that may yet be those of all its calls. */
  private static final int FEW_UNREACHABLE = 1;

  /** The rounds in a row that are broken off before their last page until none is begun. */
  private static final int MOST_BROKEN = 5;

  /** The rounds in a row that a list that changes may break off: markers go stale. */
  private static final int FEW_BROKEN = 2;

  /**
   * A complete round. Times are those of a steady clock, in nanoseconds.
   *
   * @param began the start of the call for the first page
   * @param functions the functions listed, managed or not
   */
  record Complete(long began, int functions) {}

  private volatile @Nullable Complete last;
  private long number;
  private long began;
  private int pages;
  private int functions;
  private int changed;
  private int ignored;
  private int reportedIgnored;
  private int broken;
  private int failures;
  private @Nullable Long failingSince;
  private long waited;
  private @Nullable String marker;

  /** Whether a page of the round has been taken, and not the last one. */
  boolean isUnderWay() {
    return pages > 0;
  }

  /** The number of this round, which ascends. */
  long number() {
    return number;
  }

  /** The steady clock before the call for the first page. */
  long began() {
    return began;
  }

  /** The pages taken so far. */
  int pages() {
    return pages;
  }

  /** The functions listed so far, managed or not. */
  int functions() {
    return functions;
  }

  /** The functions found so far that are to be read. */
  int changed() {
    return changed;
  }

  /** The start of the next page, or null for the first one. */
  @Nullable String marker() {
    return marker;
  }

  /**
   * Takes a page; the first one begins the round.
   *
   * @param callBegan the steady clock before the call for the page
   */
  void took(FunctionLists.Page page, long callBegan) {
    if (pages == 0) {
      number++;
      began = callBegan;
      functions = 0;
      changed = 0;
      ignored = 0;
    }
    failures = 0;
    if (broken == 0) {
      forgetFailures();
    }
    pages++;
    functions += page.functions().size();
    ignored += page.ignored();
    marker = page.nextMarker();
  }

  /** Counts functions of the last page that are to be read. */
  void found(int more) {
    changed += more;
  }

  /** The rounds in a row that were broken off. */
  int broken() {
    return broken;
  }

  /** Ends the round, if one is under way, because a page cannot be had. */
  void breakOff() {
    broken += isUnderWay() ? 1 : 0;
    end();
  }

  /**
   * Counts a failure of the next page. Returns whether so much failed, or for so long, that changes
   * are to be noticed without this list for a while. Times are those of a steady clock.
   *
   * @param began the start of the call
   * @param now its end
   * @param patience the time in which a round is expected
   */
  boolean countFailure(Failure failure, boolean own, long began, long now, Duration patience) {
    failures++;
    waited += now - began;
    long since = failingSince == null ? began : failingSince;
    failingSince = since;
    return broken >= MOST_BROKEN
        || failures >= (own ? MOST_OWN_FAILURES : MOST_FAILURES)
        || (isCertain(failure) && lasted(failure, now - since) >= nanos(patience));
  }

  private boolean isCertain(Failure failure) {
    return FailureKind.of(failure) == FailureKind.REFUSED
        ? broken > FEW_BROKEN
        : !isUnreachable(failure) || failures > FEW_UNREACHABLE;
  }

  /**
   * The time that failures took. Of an endpoint that is not reached only the calls count: after a
   * few that end at once its breaker knows whether it answers others.
   */
  private long lasted(Failure failure, long failing) {
    return isUnreachable(failure) ? waited : failing;
  }

  private static boolean isUnreachable(Failure failure) {
    return failure.code().equals(Failure.ENDPOINT_UNREACHABLE);
  }

  private static long nanos(Duration patience) {
    return Math.max(patience.toNanos(), SHORTEST_PATIENCE.toNanos());
  }

  /**
   * Records a failure of a page that says nothing of this list: reads would fail as well. Only
   * throttling leaves it open how they are answered.
   */
  void failedWithAll(FailureKind kind) {
    if (kind != FailureKind.THROTTLED) {
      forgetFailures();
    }
  }

  private void forgetFailures() {
    failingSince = null;
    waited = 0;
  }

  /**
   * Ends the round with its last page. Entries that describe no function are reported once for each
   * number of them: the functions count as missing from the list, and are read.
   */
  void complete(String region) {
    if (ignored > 0 && ignored != reportedIgnored) {
      LOG.atWarn()
          .addKeyValue("region", region)
          .addKeyValue("entries", ignored)
          .log("entries of ListFunctions that describe no function of this Region are ignored");
    }
    reportedIgnored = ignored;
    last = new Complete(began, functions);
    restart();
    forgetFailures();
  }

  /** The last complete round, or null before there is one; for any thread. */
  @Nullable Complete last() {
    return last;
  }

  /** Begins anew, by another caller or after a complete round: the counts are forgotten. */
  void restart() {
    broken = 0;
    failures = 0;
    end();
  }

  /** Ends the round, complete or not: the next page is a first one. */
  void end() {
    pages = 0;
    marker = null;
  }
}
