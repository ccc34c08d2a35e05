package dev.lambdaconfig.aws.sweep;

import dev.lambdaconfig.aws.RateLimitedLambda;
import dev.lambdaconfig.aws.sweep.watched.ListedAccount;
import dev.lambdaconfig.aws.sweep.watched.WatchedFunctions;
import dev.lambdaconfig.aws.sweep.watched.WatchedFunctions.ReadGroup;
import dev.lambdaconfig.model.Failure;
import dev.lambdaconfig.model.FailureKind;
import java.time.Duration;

/**
 * The pace at which resources read functions of one Region that no list shows: within the share of
 * the quota of the account that pays for it, whatever other accounts have.
 */
final class ReadPace {

  /** The longest time until each of a few functions is first read after a start. */
  private static final Duration FIRST = Duration.ofSeconds(10);

  /** The functions that are reckoned with for each that a look has found. */
  private static final int MORE = 10;

  private final WatchedFunctions watched;
  private final RateLimitedLambda lambda;
  private final Duration interval;

  /**
   * Creates the pace of a Region.
   *
   * @param interval the time within which a change of a function is to be noticed
   */
  ReadPace(WatchedFunctions watched, RateLimitedLambda lambda, Duration interval) {
    this.watched = watched;
    this.lambda = lambda;
    this.interval = interval;
  }

  /** The longest time between two reads of the function of a resource. */
  Duration between(String uid) {
    return between(interval, watched.readGroup(uid));
  }

  /**
   * The longest time between two reads of a function that the list of an account showed.
   *
   * @param proven whether the function is known to be there
   */
  Duration ofListed(ListedAccount account, boolean proven) {
    return between(interval, account.readGroup(proven));
  }

  /**
   * The time in which functions are read that no round answers for.
   *
   * @param found those that one look has found, which later looks may follow with more
   */
  Duration unanswered(ListedAccount account, int found) {
    int reckoned = Math.min(MORE * found, Math.max(found, account.size()));
    return between(Duration.ZERO, new ReadGroup(account.scope().account(), reckoned));
  }

  /** The time after a start within which the function of a resource is first read. */
  Duration first(String uid) {
    Duration wished = FIRST.compareTo(interval) < 0 ? FIRST : interval;
    return between(wished, watched.readGroup(uid));
  }

  /**
   * Whether reads may be answered where a list failed, which is then no failure of all calls. While
   * the endpoint answers nobody, resources would queue for the one probe of its breaker.
   */
  boolean mayWorkDespite(Failure failure, ListedAccount account) {
    boolean ofAll =
        (account.isOwn() && FailureKind.isOfTheCaller(failure))
            || FailureKind.of(failure) == FailureKind.THROTTLED;
    return !ofAll && lambda.isAnswered(account.scope());
  }

  private Duration between(Duration wished, ReadGroup group) {
    double perSecond = lambda.readsPerSecond(watched.region(), group.account());
    return SweepSchedule.betweenReads(wished, group.functions(), perSecond);
  }
}
