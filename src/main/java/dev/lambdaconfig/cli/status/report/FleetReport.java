package dev.lambdaconfig.cli.status.report;

import dev.lambdaconfig.cli.cluster.ReportedState.State;
import dev.lambdaconfig.cli.status.metrics.OperatorFigures;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The report about a fleet.
 *
 * @param time when it was read
 * @param namespace the only namespace that was read, or null
 * @param resources how many resources there are
 * @param namespaces in how many namespaces they are
 * @param ofOneMoment whether all were read as they were at one moment
 * @param states the number of resources in each state
 * @param reasons the same by reason, the most urgent first
 * @param differing how many functions differ
 * @param differences the oldest of these
 * @param operators what operators tell
 */
public record FleetReport(
    Instant time,
    @Nullable String namespace,
    long resources,
    long namespaces,
    boolean ofOneMoment,
    Map<State, Long> states,
    List<ReasonCount> reasons,
    long differing,
    List<FleetMember> differences,
    List<OperatorFigures> operators) {

  /** Returns how many resources are in a state. */
  public long count(State state) {
    return states.getOrDefault(state, 0L);
  }
}
