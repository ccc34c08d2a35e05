package dev.lambdaconfig.aws.sweep;

import dev.lambdaconfig.aws.CallResult;
import dev.lambdaconfig.aws.FunctionLists;
import dev.lambdaconfig.aws.FunctionLists.ListedFunction;
import dev.lambdaconfig.aws.RateLimitedLambda;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.FailureKind;
import dev.lambdaconfig.timing.Timing;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sweep of one Region, one step at a time: each step makes at most one call, and returns when
 * the next is due. Steps never overlap; all other methods may be called from any thread.
 *
 * <pre>
 *              few functions, or the list is refused
 *   LISTING ◄──────────────────────────────────────► READING (each resource reads its function)
 *     │ page, page, ... last page: a round ends
 *     └ throttled, unreachable: the same page again, later; marker refused: a new round
 * </pre>
 */
final class Sweep {

  private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

  /** The time after which a refused list is tried again, because rights are granted unannounced. */
  private static final Duration AFTER_REFUSAL = Duration.ofHours(1);

  /** The time after a start in which resources come one by one, and a few are not all. */
  private static final Duration GATHERING = Duration.ofSeconds(2);

  private static final Duration NEXT_LOOK = Duration.ofMillis(250);
  private static final Duration REMINDER = Duration.ofSeconds(5);

  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
  private static final Duration LAST_RETRY = Duration.ofMinutes(1);

  private final String region;
  private final WatchedFunctions watched;
  private final RateLimitedLambda lambda;
  private final Duration interval;
  private final Timing timing;
  private final SweepListener listener;
  private final ReadPace reads;

  /** The least number of pages that the account has; null while that is unknown. */
  private volatile @Nullable Integer pages;

  private final long began;

  /** Whether functions are listed: a page has shown that they can be, and it is the cheaper way. */
  private volatile boolean listing;

  /** Whether it is decided that functions are listed, or that they are not. */
  private volatile boolean decided;

  /** Whether to notify again that listing ended: a reconcile may have missed the first time. */
  private boolean remind;

  private volatile boolean swept;
  private volatile long sweptAt;
  private volatile @Nullable Long refusedUntil;

  private final SweepRound round = new SweepRound();
  private int failures;

  /**
   * Creates a sweep that has not begun.
   *
   * @param interval the time within which a change of a function is to be noticed
   */
  Sweep(
      WatchedFunctions watched,
      RateLimitedLambda lambda,
      Duration interval,
      Timing timing,
      SweepListener listener) {
    this.region = watched.region();
    this.watched = watched;
    this.lambda = lambda;
    this.interval = interval;
    this.timing = timing;
    this.listener = listener;
    this.reads = new ReadPace(watched, lambda, interval);
    this.began = timing.nanos().getAsLong();
    this.sweptAt = began;
    watched.isHome(lambda.home());
  }

  /** Whether functions are listed. */
  boolean isListing() {
    return listing;
  }

  /** Whether functions are listed, or may be once that is decided. */
  boolean mayList() {
    return listing || !decided;
  }

  /** The pace of reads where no list shows a function. */
  ReadPace reads() {
    return reads;
  }

  /**
   * The time after which the first round has answered for a function, most likely; where no list
   * shows it, the time within which it is first read.
   */
  Duration firstRound(String uid) {
    if (!mayList() || watched.isForeign(uid)) {
      return reads.first(uid);
    }
    // The first page shows whether its account is that of the function.
    int calls = watched.mayBeForeign(uid) ? 1 : expectedPages();
    return SweepSchedule.round(Duration.ofSeconds(5), calls, perSecond()).multipliedBy(2);
  }

  private int expectedPages() {
    Integer known = pages;
    return known == null ? 1 + watched.size() / SweepSchedule.PAGE : known;
  }

  SweepState state() {
    Duration age = Duration.ofNanos(Math.max(0, timing.nanos().getAsLong() - sweptAt));
    return new SweepState(
        region,
        listing,
        refusedUntil != null,
        age,
        SweepSchedule.round(interval, expectedPages(), perSecond()));
  }

  /** Makes the next call, if one is due. Returns the time until the next step. */
  Duration step() {
    watched.isHome(lambda.home());
    if (!round.isUnderWay() && !decided && watched.size() <= 1 && isGathering()) {
      return NEXT_LOOK;
    }
    if (!round.isUnderWay() && !choose()) {
      return remind && REMINDER.compareTo(interval) < 0 ? REMINDER : interval;
    }
    long asked = timing.nanos().getAsLong();
    return switch (lambda.list(region, round.marker())) {
      case CallResult.Deferred<FunctionLists.Listed>(Duration delay) -> delay;
      case CallResult.Unavailable<FunctionLists.Listed>(Duration delay) -> delay;
      case CallResult.Answered<FunctionLists.Listed>(FunctionLists.Listed answer, long began) ->
          switch (answer) {
            case FunctionLists.Page(List<ListedFunction> listed, String next) -> {
              Duration gap = took(listed, next, began);
              yield gap.minusNanos(Math.min(gap.toNanos(), timing.nanos().getAsLong() - asked));
            }
            case FunctionLists.Failed(Failure failure) -> failed(failure);
          };
    };
  }

  private boolean isGathering() {
    return timing.nanos().getAsLong() - began - GATHERING.toNanos() < 0;
  }

  /** Decides whether to list: whether that is cheaper than reading each function, and allowed. */
  private boolean choose() {
    Long until = refusedUntil;
    boolean refused = until != null && timing.nanos().getAsLong() - until < 0;
    Integer known = pages;
    boolean cheaper = known == null || known < watched.size();
    boolean list = !refused && cheaper && watched.size() > 1;
    if (!list && (listing || !decided)) {
      stopListing();
    } else if (!list && remind) {
      remind = false;
      readEach();
    }
    return list;
  }

  private void beginListing() {
    if (!listing) {
      // No round was due while nothing was listed.
      sweptAt = timing.nanos().getAsLong();
    }
    listing = true;
    decided = true;
  }

  private void stopListing() {
    listing = false;
    decided = true;
    remind = true;
    readEach();
  }

  private void readEach() {
    listener.readEach(watched.listable(), reads.ofListed());
  }

  private Duration took(List<ListedFunction> listed, @Nullable String next, long began) {
    failures = 0;
    refusedUntil = null;
    beginListing();
    round.took(listed.size(), next, began);
    listed.stream()
        .map(ListedFunction::account)
        .filter(account -> account != null)
        .findFirst()
        .ifPresent(this::isHome);
    List<String> found = watched.compare(listed, round.number(), began);
    round.found(found.size());
    found.forEach(listener::changed);
    if (next == null) {
      return roundEnded();
    }
    if (round.pages() >= watched.size()) {
      // The rest of the list costs more than to read each of the few functions that matter.
      pages = Math.max(round.pages() + 1, pages == null ? 0 : pages);
      round.end();
      stopListing();
      return interval;
    }
    // After a start, resources wait for the first round.
    Duration wished = swept ? interval : Duration.ZERO;
    return SweepSchedule.betweenPages(
        wished, Math.max(round.pages() + 1, pages == null ? 1 : pages), perSecond());
  }

  private void isHome(String account) {
    lambda.isHome(account);
    watched.isHome(account);
  }

  private Duration roundEnded() {
    if (round.functions() == 0) {
      watched.isEmptyList();
    }
    watched.missing(round.number(), round.began()).forEach(listener::changed);
    pages = round.pages();
    long now = timing.nanos().getAsLong();
    Duration took = Duration.ofNanos(now - round.began());
    swept = true;
    sweptAt = now;
    listener.swept(region, took, round.functions(), round.changed());
    round.end();
    // A round begins an interval after the last one began, or later where its share forbids that.
    Duration share = SweepSchedule.betweenPages(Duration.ZERO, 1, perSecond());
    Duration left = interval.minus(took);
    return left.compareTo(share) > 0 ? left : share;
  }

  private Duration failed(Failure failure) {
    FailureKind kind = FailureKind.of(failure);
    if (kind == FailureKind.DENIED || kind == FailureKind.NOT_FOUND || failure.lacksOperation()) {
      return refused(failure);
    }
    if (kind == FailureKind.REFUSED) {
      // Markers go stale when the list changes.
      round.end();
    }
    failures++;
    LOG.atDebug()
        .addKeyValue("region", region)
        .addKeyValue("code", failure.code())
        .addKeyValue("failures", failures)
        .log("ListFunctions returned no page; retrying");
    long backoff = FIRST_RETRY.toMillis() << Math.min(failures - 1, 10);
    Duration asked = failure.retryAfter() == null ? Duration.ZERO : failure.retryAfter();
    Duration delay = Duration.ofMillis(Math.min(backoff, LAST_RETRY.toMillis()));
    return spread(asked.compareTo(delay) > 0 && asked.compareTo(LAST_RETRY) < 0 ? asked : delay);
  }

  private Duration refused(Failure failure) {
    boolean news = refusedUntil == null;
    refusedUntil = timing.nanos().getAsLong() + AFTER_REFUSAL.toNanos();
    round.end();
    if (news) {
      LOG.atWarn()
          .addKeyValue("region", region)
          .addKeyValue("code", failure.code())
          .log(
              "ListFunctions cannot be called, so each function is read: grant"
                  + " lambda:ListFunctions");
      watched.listable().stream()
          .findFirst()
          .ifPresent(watched -> listener.listingRefused(region, failure, watched));
    }
    return Duration.ZERO;
  }

  private Duration spread(Duration delay) {
    return Duration.ofNanos((long) (delay.toNanos() * (1 + 0.1 * timing.random().getAsDouble())));
  }

  private double perSecond() {
    return lambda.perSecond(region);
  }
}
