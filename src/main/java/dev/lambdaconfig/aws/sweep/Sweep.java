package dev.lambdaconfig.aws.sweep;

import dev.lambdaconfig.aws.CallResult;
import dev.lambdaconfig.aws.FunctionLists;
import dev.lambdaconfig.aws.RateLimitedLambda;
import dev.lambdaconfig.aws.sweep.watched.ListedAccount;
import dev.lambdaconfig.aws.sweep.watched.WatchedFunctions;
import dev.lambdaconfig.debug.StateSizes;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.FailureKind;
import dev.lambdaconfig.model.QuotaScope;
import dev.lambdaconfig.model.identity.Identity;
import dev.lambdaconfig.timing.Timing;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sweep of one account and Region, one step at a time: each step makes at most one call, and
 * returns when the next is due. Steps never overlap; all other methods may be called from any
 * thread.
 *
 * <pre>
 *              few functions, or the list is refused
 *   LISTING ◄──────────────────────────────────────► READING (each resource reads its function)
 *     │ page, page, ... last page: a round ends
 *     ├ throttled, unreachable: the same page again, later; marker refused: a new round
 *     ├ the list is refused to a tenant's identity: a new round by another one
 *     └ it fails for longer than a round, and other calls do not: READING for a while
 * </pre>
 */
final class Sweep {

  private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

  private static final Duration NEXT_LOOK = Duration.ofMillis(250);

  /** The longest time until a page of the first round is asked for again that was not granted. */
  private static final Duration AFTER_CROWD = Duration.ofMillis(500);

  private final QuotaScope scope;
  private final ListedAccount functions;
  private final WatchedFunctions watched;
  private final Lister lister;
  private final RateLimitedLambda lambda;
  private final Duration interval;
  private final Timing timing;
  private final SweepListener listener;
  private final ReadPace reads;

  private final long began;
  private final SweepMode mode;
  private final SweepRound round = new SweepRound();
  private final SweepBackoff backoff;
  private volatile long sweptAt;

  /**
   * Creates a sweep that has not begun.
   *
   * @param interval the time within which a change of a function is to be noticed
   */
  Sweep(
      Lister lister,
      RateLimitedLambda lambda,
      Duration interval,
      Timing timing,
      SweepListener listener) {
    this.lister = lister;
    this.functions = lister.listed();
    this.watched = functions.watched();
    this.scope = functions.scope();
    this.lambda = lambda;
    this.interval = interval;
    this.timing = timing;
    this.listener = listener;
    this.reads = new ReadPace(watched, lambda, interval);
    this.mode = new SweepMode(functions, reads, listener);
    this.backoff = new SweepBackoff(timing.random());
    this.began = timing.nanos().getAsLong();
    this.sweptAt = began;
    watched.isHome(lambda.home());
  }

  /** The way in which changes are noticed. */
  SweepMode mode() {
    return mode;
  }

  /** The account and Region that are swept. */
  QuotaScope scope() {
    return scope;
  }

  /** The pace of reads where no list shows a function. */
  ReadPace reads() {
    return reads;
  }

  /** The time for which resources wait for the first round, by the pages that it may have. */
  Duration patience() {
    return SweepSchedule.patience(mode.expectedPages(), perSecond());
  }

  /** Whether no page has come in the time of a first round. */
  boolean isOverdue(long now) {
    return mode.isOverdue(now - began, perSecond());
  }

  /** The time in which functions are read of which a look found that no round answers for them. */
  Duration toRead(int found) {
    return reads.unanswered(functions, found);
  }

  /** The last complete round, or null before there is one. */
  SweepRound.@Nullable Complete lastRound() {
    return round.last();
  }

  SweepState state() {
    Duration age = Duration.ofNanos(Math.max(0, timing.nanos().getAsLong() - sweptAt));
    SweepRound.Complete last = round.last();
    return new SweepState(
        scope.region(),
        mode.isListing(),
        lister.isRefused() && mode.isCheaper(),
        age,
        expected(),
        last == null ? null : last.functions());
  }

  /** The time in which a round is expected. */
  Duration expected() {
    return SweepSchedule.round(interval, mode.expectedPages(), perSecond());
  }

  /** Makes the next call, if one is due. Returns the time until the next step. */
  Duration step() {
    watched.isHome(lambda.home());
    if (!round.isUnderWay() && mode.awaitsMore(timing.nanos().getAsLong() - began)) {
      return NEXT_LOOK;
    }
    if (!round.isUnderWay() && !choose()) {
      return mode.idle(interval);
    }
    return switch (lister.next()) {
      case Lister.Choice.By(Identity identity) -> list(identity);
      case Lister.Choice.Later(Duration delay) -> delay;
      case Lister.Choice.Nobody nobody -> {
        round.end();
        mode.stop();
        yield mode.idle(interval);
      }
    };
  }

  private Duration list(@Nullable Identity identity) {
    long asked = timing.nanos().getAsLong();
    return switch (lambda.list(scope, identity, round.marker())) {
      // Resources wait for the first round, and a crowd of calls is over sooner than that.
      case CallResult.Deferred<FunctionLists.Listed>(Duration delay) ->
          round.last() == null && delay.compareTo(AFTER_CROWD) > 0 ? AFTER_CROWD : delay;
      case CallResult.Unavailable<FunctionLists.Listed>(Duration delay) -> delay;
      case CallResult.Answered<FunctionLists.Listed>(FunctionLists.Listed answer, long began) ->
          switch (answer) {
            case FunctionLists.Page page -> {
              Duration gap = took(page, began, Identity.sessionOf(identity));
              yield gap.minusNanos(Math.min(gap.toNanos(), timing.nanos().getAsLong() - asked));
            }
            case FunctionLists.Failed(Failure failure) -> failed(failure, began);
          };
    };
  }

  /** Decides whether to list: whether that is cheaper than reading each function, and allowed. */
  private boolean choose() {
    boolean list = mode.isCheaper() && lister.mayList();
    lister.report(listener);
    if (!list) {
      mode.rest();
    }
    return list;
  }

  private Duration took(FunctionLists.Page page, long began, String session) {
    backoff.reset();
    if (round.broken() == 0) {
      begins();
    }
    round.took(page, began);
    page.account().ifPresent(this::recordHome);
    List<String> found = functions.compare(page.functions(), round.number(), began, session);
    round.found(found.size());
    found.forEach(listener::changed);
    if (page.nextMarker() == null) {
      return roundEnded();
    }
    if (round.pages() >= functions.size()) {
      // The rest of the list costs more than to read each of the few functions that matter.
      mode.hasPages(mode.knownPages(round.pages() + 1));
      round.end();
      mode.stop();
      return interval;
    }
    if (round.last() == null) {
      // After a start, resources wait for the first round.
      return SweepSchedule.inFirstRound(interval, round.pages(), perSecond());
    }
    return SweepSchedule.betweenPages(
        SweepSchedule.betweenRounds(interval), mode.knownPages(round.pages() + 1), perSecond());
  }

  /** Trusts in the list: after rounds that were broken off, only once it is complete. */
  private void begins() {
    if (!mode.isListing()) {
      // No round was due while nothing was listed.
      sweptAt = timing.nanos().getAsLong();
    }
    mode.list();
    lister.answered();
  }

  private void recordHome(String account) {
    if (functions.isOwn()) {
      lambda.recordHome(account);
      watched.isHome(account);
    }
  }

  private Duration roundEnded() {
    begins();
    if (round.functions() == 0) {
      functions.isEmptyList();
    }
    functions.missing(round.number(), round.began()).forEach(listener::changed);
    mode.hasPages(round.pages());
    long now = timing.nanos().getAsLong();
    Duration took = Duration.ofNanos(now - round.began());
    sweptAt = now;
    listener.swept(scope.region(), took, round.functions(), round.changed());
    Duration next = SweepSchedule.toNextRound(interval, round.pages(), took, perSecond());
    round.complete(scope.region());
    return next;
  }

  private Duration failed(Failure failure, long began) {
    FailureKind kind = FailureKind.of(failure);
    if (kind == FailureKind.DENIED || kind == FailureKind.NOT_FOUND || failure.lacksOperation()) {
      // The next step asks another identity, or reports that there is none.
      backoff.reset();
      round.restart();
      lister.refused(failure);
      return Duration.ZERO;
    }
    if (kind == FailureKind.REFUSED) {
      // Markers go stale when the list changes.
      round.breakOff();
    }
    Duration delay = backoff.failed(failure);
    LOG.atDebug()
        .addKeyValue("region", scope.region())
        .addKeyValue("code", failure.code())
        .addKeyValue("failures", backoff.failures())
        .log("ListFunctions returned no page; retrying");
    if (!reads.mayWorkDespite(failure, functions)) {
      round.failedWithAll(kind);
      return delay;
    }
    long now = timing.nanos().getAsLong();
    return round.countFailure(failure, functions.isOwn(), began, now, expected())
        ? without(failure)
        : delay;
  }

  /**
   * Gives a list up that fails again and again: another identity is asked, or each function is
   * read. If all calls fail that is no storm: reads have a tenth of the quota, like the list.
   */
  private Duration without(Failure failure) {
    if (functions.isOwn()) {
      // The counts stay, so that one more failure is enough when the list is tried again.
      round.breakOff();
    } else {
      backoff.reset();
      round.restart();
    }
    lister.failed(failure, mode.mayList());
    return Duration.ZERO;
  }

  void sizes(StateSizes sizes) {
    lister.sizes(sizes);
  }

  private double perSecond() {
    return lambda.perSecond(scope);
  }
}
