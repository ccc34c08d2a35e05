package dev.lambdaconfig.controller.rollout.breaker;

import dev.lambdaconfig.controller.rollout.breaker.CircuitBreaker.Trip;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The effects of an event.
 *
 * @param opened the pauses that begin with it
 * @param wake the resources that may go on, or whose turn it is to probe
 */
public record Effects(Map<BreakerLevel, Trip> opened, List<String> wake) {
  public static final Effects NONE = new Effects(Map.of(), List.of());

  /** These effects, and resources that may go on besides. */
  Effects waking(List<String> others) {
    return new Effects(opened, Stream.concat(others.stream(), wake.stream()).toList());
  }
}
