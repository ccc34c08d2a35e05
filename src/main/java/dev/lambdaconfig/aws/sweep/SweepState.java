package dev.lambdaconfig.aws.sweep;

import java.time.Duration;

/**
 * How changed functions of a Region are noticed at present.
 *
 * @param listing whether by listing them; else each is read
 * @param refused whether AWS refuses to list them
 * @param age for how long no round has ended; means nothing where nothing is listed
 * @param expected how often a round ends when all goes well: the interval, or as long as its share
 *     of the budget makes it
 */
public record SweepState(
    String region, boolean listing, boolean refused, Duration age, Duration expected) {}
