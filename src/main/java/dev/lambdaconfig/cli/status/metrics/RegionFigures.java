package dev.lambdaconfig.cli.status.metrics;

import org.jspecify.annotations.Nullable;

/**
 * The budget and the sweep of one Region. What the metrics do not tell is null.
 *
 * @param region the Region
 * @param callsPerSecond the calls a second that the rate limiter grants
 * @param getFunctionPerSecond the same of {@code GetFunction}, which has a quota of its own
 * @param inFlight the calls in flight
 * @param waiting the calls that wait in the rate limiter
 * @param sweepAge seconds since the last complete sweep
 * @param sweepExpected seconds that are expected between complete sweeps
 * @param functions the functions that the last complete sweep listed
 * @param listing whether changes are detected by lists, and not by reading each function
 * @param listRefused whether AWS refuses the lists
 * @param endpointAvailable whether the endpoint answers
 * @param updatesPaused whether all updates are paused because too many failed alike
 * @param pausedNamespaces the namespaces whose own updates are paused
 */
public record RegionFigures(
    String region,
    @Nullable Double callsPerSecond,
    @Nullable Double getFunctionPerSecond,
    @Nullable Long inFlight,
    @Nullable Long waiting,
    @Nullable Long sweepAge,
    @Nullable Long sweepExpected,
    @Nullable Long functions,
    @Nullable Boolean listing,
    @Nullable Boolean listRefused,
    @Nullable Boolean endpointAvailable,
    @Nullable Boolean updatesPaused,
    @Nullable Long pausedNamespaces) {}
