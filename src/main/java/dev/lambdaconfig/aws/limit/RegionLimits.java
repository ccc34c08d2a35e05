package dev.lambdaconfig.aws.limit;

import java.util.function.LongSupplier;

/**
 * What all calls to one Region have in common, whatever account and quota they are counted against:
 * the endpoint, and the workers that wait for it.
 */
public final class RegionLimits {

  private final EndpointBreaker breaker;
  private final Bulkheads.Bulkhead bulkhead;

  /**
   * @param nanos a clock that only runs forward, from whatever origin
   * @param all of all Regions
   */
  public RegionLimits(LongSupplier nanos, Bulkheads all) {
    long origin = nanos.getAsLong();
    // From 0: the sum of a time and a delay is then later than the time, whatever the origin.
    breaker = new EndpointBreaker(() -> nanos.getAsLong() - origin);
    bulkhead = all.ofRegion();
  }

  /** How many calls may begin now. */
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
