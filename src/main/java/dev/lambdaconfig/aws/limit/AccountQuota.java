package dev.lambdaconfig.aws.limit;

import dev.lambdaconfig.aws.limit.queue.WaiterId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * All calls to one account and Region.
 *
 * <p>AWS allows 15 control-plane requests a second there in total, shared with everybody's tools,
 * and 100 {@code GetFunction} besides; neither can be raised.
 */
public final class AccountQuota {

  private static final double START = 10;
  private static final double GET_FUNCTION_START = 50;
  private static final double GET_FUNCTION_MOST = 90;

  /** As many as one Region may ever have: for a budget that shares with no other Region. */
  private static final int ALONE = 2 * Bulkheads.MOST_OF_A_REGION;

  private final EndpointBreaker breaker;
  private final RateLimiter control;
  private final RateLimiter getFunction;

  /**
   * @param mostPerSecond of calls but {@code GetFunction}; above 90, of {@code GetFunction} as well
   * @param nanos a clock that only runs forward, from whatever origin
   * @throws IllegalArgumentException if the rate is not above 0
   */
  public AccountQuota(double mostPerSecond, LongSupplier nanos) {
    this(mostPerSecond, nanos, WaitListener.NOBODY);
  }

  /**
   * @param listener told of each call that is granted, on the thread that asked
   * @throws IllegalArgumentException if the rate is not above 0
   */
  public AccountQuota(double mostPerSecond, LongSupplier nanos, WaitListener listener) {
    this(mostPerSecond, nanos, listener, new RegionLimits(nanos, new Bulkheads(ALONE)));
  }

  /**
   * @param listener told of each call that is granted, on the thread that asked
   * @param region shared with the other accounts of the Region
   * @throws IllegalArgumentException if the rate is not above 0
   */
  public AccountQuota(
      double mostPerSecond, LongSupplier nanos, WaitListener listener, RegionLimits region) {
    long origin = nanos.getAsLong();
    // From 0: the sum of a time and a delay is then later than the time, whatever the origin.
    LongSupplier elapsed = () -> nanos.getAsLong() - origin;
    breaker = region.breaker();
    control =
        new RateLimiter(
            new AdaptiveRate(START, mostPerSecond),
            region,
            elapsed,
            (priority, waited) -> listener.waited(WaitListener.Bucket.CONTROL, priority, waited));
    getFunction =
        new RateLimiter(
            new AdaptiveRate(GET_FUNCTION_START, Math.max(GET_FUNCTION_MOST, mostPerSecond)),
            region,
            elapsed,
            (priority, waited) ->
                listener.waited(WaitListener.Bucket.GET_FUNCTION, priority, waited));
  }

  /** Who waits for a call of either kind and would be granted one now, each named once. */
  public List<WaiterId> due() {
    List<WaiterId> due = new ArrayList<>(control.due());
    due.addAll(getFunction.due());
    return due;
  }

  /** How many wait for a call of either kind. */
  public int waiting() {
    return control.waiting() + getFunction.waiting();
  }

  /** Gives up the places of one who waits. */
  public void forget(WaiterId id) {
    control.forget(id);
    getFunction.forget(id);
  }

  /** Whether no call is under way. */
  public boolean isIdle() {
    return control.inFlight() == 0 && getFunction.inFlight() == 0;
  }

  /** Of everything but {@code GetFunction}. */
  public RateLimiter control() {
    return control;
  }

  /** Of {@code GetFunction}. */
  public RateLimiter getFunction() {
    return getFunction;
  }

  /** Of the endpoint, which all accounts of the Region have in common. */
  public EndpointBreaker breaker() {
    return breaker;
  }
}
