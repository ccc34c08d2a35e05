package dev.lambdaconfig.cli.status.report;

import dev.lambdaconfig.cli.cluster.ReportedState.State;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The resources of one state and reason.
 *
 * @param state the state
 * @param reason the reason of its condition, or null where there is none
 * @param count how many there are
 * @param oldest since when the first of them is so, or null if that is not known
 * @param resources those that are so for the longest time, the oldest first
 */
record ReasonCount(
    State state,
    @Nullable String reason,
    long count,
    @Nullable Instant oldest,
    List<FleetMember> resources) {}
