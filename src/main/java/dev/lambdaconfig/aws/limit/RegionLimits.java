package dev.lambdaconfig.aws.limit;

import java.util.function.LongSupplier;

/**
 * The limits that all calls to one Region share, whatever account and quota they are counted
 * against: those of the endpoint, and of the workers that wait for it.
 */
public final class RegionLimits {

  private final EndpointBreaker breaker;
  private final Bulkheads.Bulkhead bulkhead;

  /**
   * Creates the limits of one more Region.
   *
   * @param nanos a steady clock, from an arbitrary origin
   * @param all the limit of all Regions together
   */
  public RegionLimits(LongSupplier nanos, Bulkheads all) {
    long origin = nanos.getAsLong();
    // From 0, so that the sum of a time and a delay never overflows.
    breaker = new EndpointBreaker(() -> nanos.getAsLong() - origin);
    bulkhead = all.ofRegion();
  }

  /** The number of calls that may begin now. */
  public int room() {
    return bulkhead.room();
  }

  EndpointBreaker breaker() {
    return breaker;
  }

  Bulkheads.Bulkhead bulkhead() {
    return bulkhead;
  }
}
