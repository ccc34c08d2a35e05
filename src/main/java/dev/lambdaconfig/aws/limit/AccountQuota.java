package dev.lambdaconfig.aws.limit;

import dev.lambdaconfig.aws.limit.queue.WaiterId;
import dev.lambdaconfig.debug.StateSizes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The quota of one account and Region, as two limiters: one for {@code GetFunction}, one for all
 * other calls. AWS counts them apart: docs/aws.md#quota.
 */
public final class AccountQuota implements StateSizes.Source {

  private static final double START = 10;

  /** The part of a raised limit to start with: whoever raises it knows that more is allowed. */
  private static final double START_OF_RAISED = 0.1;

  private static final double GET_FUNCTION_START = 50;
  private static final double GET_FUNCTION_MOST = 90;

  /** The calls at a time of a quota that shares with no other Region: more than one may have. */
  private static final int ALONE = 2 * Bulkheads.MOST_OF_A_REGION;

  private final EndpointBreaker breaker;
  private final RateLimiter control;
  private final RateLimiter getFunction;

  /**
   * Creates a quota that shares nothing with another one.
   *
   * @param mostPerSecond the most calls a second but {@code GetFunction}; above 90, the most of
   *     {@code GetFunction} as well
   * @param nanos a steady clock, from an arbitrary origin
   * @throws IllegalArgumentException if the rate is not above 0
   */
  public AccountQuota(double mostPerSecond, LongSupplier nanos) {
    this(mostPerSecond, nanos, WaitListener.NONE);
  }

  /**
   * Creates a quota that shares nothing with another one.
   *
   * @param listener notified of each call that is granted, on the thread that asked
   * @throws IllegalArgumentException if the rate is not above 0
   */
  public AccountQuota(double mostPerSecond, LongSupplier nanos, WaitListener listener) {
    this(mostPerSecond, nanos, listener, new RegionLimits(nanos, new Bulkheads(ALONE)));
  }

  /**
   * Creates the quota of one of the accounts of a Region.
   *
   * @param listener notified of each call that is granted, on the thread that asked
   * @param region the limits that all accounts of the Region share
   * @throws IllegalArgumentException if the rate is not above 0
   */
  public AccountQuota(
      double mostPerSecond, LongSupplier nanos, WaitListener listener, RegionLimits region) {
    long origin = nanos.getAsLong();
    // From 0, so that the sum of a time and a delay never overflows.
    LongSupplier elapsed = () -> nanos.getAsLong() - origin;
    breaker = region.breaker();
    control =
        new RateLimiter(
            new AdaptiveRate(start(START, mostPerSecond), mostPerSecond),
            region,
            elapsed,
            (priority, waited) -> listener.waited(WaitListener.Bucket.CONTROL, priority, waited));
    getFunction =
        new RateLimiter(
            new AdaptiveRate(
                start(GET_FUNCTION_START, mostPerSecond), mostGetFunction(mostPerSecond)),
            region,
            elapsed,
            (priority, waited) ->
                listener.waited(WaitListener.Bucket.GET_FUNCTION, priority, waited));
  }

  /** The most calls of {@code GetFunction} a second. */
  public static double mostGetFunction(double mostPerSecond) {
    return Math.max(GET_FUNCTION_MOST, mostPerSecond);
  }

  private static double start(double usual, double mostPerSecond) {
    return Math.max(usual, START_OF_RAISED * mostPerSecond);
  }

  /** The waiters of either limiter that would be granted a call now, each named once. */
  public List<WaiterId> due() {
    List<WaiterId> due = new ArrayList<>(control.due());
    due.addAll(getFunction.due());
    return due;
  }

  /** The number of waiters of both limiters. */
  public int waiting() {
    return control.waiting() + getFunction.waiting();
  }

  /** Removes a waiter from both limiters. */
  public void forget(WaiterId id) {
    control.forget(id);
    getFunction.forget(id);
  }

  /** Whether no call is under way. */
  public boolean isIdle() {
    return control.inFlight() == 0 && getFunction.inFlight() == 0;
  }

  /** The limiter of all calls but {@code GetFunction}. */
  public RateLimiter control() {
    return control;
  }

  /** The limiter of {@code GetFunction}. */
  public RateLimiter getFunction() {
    return getFunction;
  }

  /** The breaker of the endpoint, which all accounts of the Region have in common. */
  public EndpointBreaker breaker() {
    return breaker;
  }

  @Override
  public void sizes(StateSizes sizes) {
    control.sizes(sizes);
    getFunction.sizes(sizes);
  }
}
