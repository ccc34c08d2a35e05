package dev.lambdaconfig.aws.sweep;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The state of a sweep.
 *
 * @param listing whether functions are listed; otherwise each is read
 * @param refused whether AWS refuses to list them, and listing would be cheaper than reading
 * @param age the time since the last round ended; meaningless where nothing is listed
 * @param expected the time between two rounds when all goes well: the interval, or longer where the
 *     share of the quota makes it so
 * @param functions the number of functions that the last complete round showed, or null before it
 */
public record SweepState(
    String region,
    boolean listing,
    boolean refused,
    Duration age,
    Duration expected,
    @Nullable Integer functions) {}
