package dev.lambdaconfig.aws.sweep;

import java.time.Duration;

/**
 * The state of a sweep.
 *
 * @param listing whether functions are listed; otherwise each is read
 * @param refused whether AWS refuses to list them
 * @param age the time since the last round ended; meaningless where nothing is listed
 * @param expected the time between two rounds when all goes well: the interval, or longer where the
 *     share of the quota makes it so
 */
public record SweepState(
    String region, boolean listing, boolean refused, Duration age, Duration expected) {}
