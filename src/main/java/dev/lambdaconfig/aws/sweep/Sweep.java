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
 * Sweeps one Region, one step at a time: each step makes one call at most and says when the next is
 * due. Steps never overlap; what others ask meanwhile they may ask from any thread.
 *
 * <pre>
 *              few functions, or the list is refused
 *   LISTING ◄──────────────────────────────────────► READING (each resource looks by itself)
 *     │ page, page, ... last page: a round ends
 *     └ throttled, unreachable: the same page again, later; marker refused: a new round
 * </pre>
 */
final class Sweep {

  private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

  /** Rights are granted without notice. */
  private static final Duration AFTER_REFUSAL = Duration.ofHours(1);

  /** After a start resources come one by one: until then a few are not taken for all. */
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

  /** How many pages the account has, at least; null where nobody knows. */
  private volatile @Nullable Integer pages;

  private final long began;

  /** Whether a page has shown that functions can be listed, and listing is the cheaper way. */
  private volatile boolean listing;

  /** Whether that is known. */
  private volatile boolean decided;

  /** Passes that ran while listing ended may have gone by what was before. */
  private boolean remind;

  private volatile boolean swept;
  private volatile long sweptAt;
  private volatile @Nullable Long refusedUntil;

  private long round;
  private long roundBegan;
  private int page;
  private int functions;
  private int changed;
  private @Nullable String marker;
  private int failures;

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
    this.began = timing.nanos().getAsLong();
    this.sweptAt = began;
  }

  /** Whether changes of listed functions are noticed by listing them. */
  boolean isListing() {
    return listing;
  }

  /** Whether they may be, as long as nobody knows. */
  boolean mayList() {
    return listing || !decided;
  }

  /** How often a resource has to look at its function by itself where nothing is listed. */
  Duration betweenReads() {
    return SweepSchedule.round(interval, watched.total(), lambda.readsPerSecond(region));
  }

  /** When the first round has ended, most likely. */
  Duration firstRound() {
    return SweepSchedule.round(Duration.ofSeconds(5), expectedPages(), perSecond()).multipliedBy(2);
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

  /** Makes the next call, if one is due. Returns after how long to step again. */
  Duration step() {
    if (page == 0 && !decided && watched.size() <= 1 && isGathering()) {
      return NEXT_LOOK;
    }
    if (page == 0 && !choose()) {
      return remind && REMINDER.compareTo(interval) < 0 ? REMINDER : interval;
    }
    long asked = timing.nanos().getAsLong();
    return switch (lambda.list(region, marker)) {
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

  /** Whether listing is cheaper than reading each, and allowed. */
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
      listener.readEach(watched.uids(), betweenReads());
    }
    return list;
  }

  private void beginListing() {
    if (!listing) {
      // Nobody has waited for a round since the last one.
      sweptAt = timing.nanos().getAsLong();
    }
    listing = true;
    decided = true;
  }

  private void stopListing() {
    listing = false;
    decided = true;
    remind = true;
    listener.readEach(watched.uids(), betweenReads());
  }

  private Duration took(List<ListedFunction> listed, @Nullable String next, long began) {
    failures = 0;
    refusedUntil = null;
    beginListing();
    if (page == 0) {
      round++;
      roundBegan = began;
      functions = 0;
      changed = 0;
    }
    page++;
    functions += listed.size();
    listed.stream()
        .map(ListedFunction::account)
        .filter(account -> account != null)
        .findFirst()
        .ifPresent(this::isHome);
    List<String> found = watched.compare(listed, round, began);
    changed += found.size();
    found.forEach(listener::changed);
    marker = next;
    if (next == null) {
      return roundEnded();
    }
    if (page >= watched.size()) {
      // What is left to list costs more than to read each of the few that matter.
      pages = Math.max(page + 1, pages == null ? 0 : pages);
      page = 0;
      marker = null;
      stopListing();
      return interval;
    }
    // The first round is waited for.
    Duration wished = swept ? interval : Duration.ZERO;
    return SweepSchedule.betweenPages(
        wished, Math.max(page + 1, pages == null ? 1 : pages), perSecond());
  }

  private void isHome(String account) {
    lambda.isHome(account);
    watched.isHome(account);
  }

  private Duration roundEnded() {
    watched.missing(round, roundBegan).forEach(listener::changed);
    pages = page;
    long now = timing.nanos().getAsLong();
    Duration took = Duration.ofNanos(now - roundBegan);
    swept = true;
    sweptAt = now;
    listener.swept(region, took, functions, changed);
    page = 0;
    // A round begins an interval after the last one began, but for what its share forbids.
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
      page = 0;
      marker = null;
    }
    failures++;
    LOG.atDebug()
        .addKeyValue("region", region)
        .addKeyValue("code", failure.code())
        .addKeyValue("failures", failures)
        .log("a page of the list is missing; trying again");
    long backoff = FIRST_RETRY.toMillis() << Math.min(failures - 1, 10);
    Duration told = failure.retryAfter() == null ? Duration.ZERO : failure.retryAfter();
    Duration delay = Duration.ofMillis(Math.min(backoff, LAST_RETRY.toMillis()));
    return spread(told.compareTo(delay) > 0 && told.compareTo(LAST_RETRY) < 0 ? told : delay);
  }

  private Duration refused(Failure failure) {
    boolean news = refusedUntil == null;
    refusedUntil = timing.nanos().getAsLong() + AFTER_REFUSAL.toNanos();
    page = 0;
    marker = null;
    if (news) {
      LOG.atWarn()
          .addKeyValue("region", region)
          .addKeyValue("code", failure.code())
          .log("functions cannot be listed, so each is read: grant lambda:ListFunctions");
      watched.uids().stream()
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
