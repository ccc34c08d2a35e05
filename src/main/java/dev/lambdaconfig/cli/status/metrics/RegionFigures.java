package dev.lambdaconfig.cli.status.metrics;

import org.jspecify.annotations.Nullable;

/**
 * The figures of one Region from an operator's metrics. Those that the metrics lack are null.
 *
 * @param region the Region
 * @param calls its calls to AWS
 * @param sweep how changes are detected there
 * @param updates whether functions are updated there
 */
public record RegionFigures(
    String region, CallFigures calls, SweepFigures sweep, UpdateFigures updates) {

  /**
   * The calls to AWS, within their rate limits.
   *
   * @param perSecond the calls a second that the rate limiter grants
   * @param getFunctionPerSecond the same of {@code GetFunction}, which has a quota of its own
   * @param inFlight the calls in flight
   * @param waiting the calls that wait in the rate limiter
   * @param endpointAvailable whether the endpoint answers
   */
  public record CallFigures(
      @Nullable Double perSecond,
      @Nullable Double getFunctionPerSecond,
      @Nullable Long inFlight,
      @Nullable Long waiting,
      @Nullable Boolean endpointAvailable) {}

  /**
   * The detection of changes.
   *
   * @param age seconds since the last complete sweep
   * @param expected seconds that are expected between complete sweeps
   * @param functions the functions that the last complete sweep listed
   * @param listing whether changes are detected by lists, and not by reading each function
   * @param listRefused whether AWS refuses the lists
   */
  public record SweepFigures(
      @Nullable Long age,
      @Nullable Long expected,
      @Nullable Long functions,
      @Nullable Boolean listing,
      @Nullable Boolean listRefused) {}

  /**
   * The updates of functions.
   *
   * @param paused whether all of them are paused because too many failed alike
   * @param pausedNamespaces the namespaces whose own updates are paused
   */
  public record UpdateFigures(@Nullable Boolean paused, @Nullable Long pausedNamespaces) {}
}
