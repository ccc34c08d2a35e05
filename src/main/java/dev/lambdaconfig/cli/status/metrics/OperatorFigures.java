package dev.lambdaconfig.cli.status.metrics;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of one operator.
 *
 * @param source where its metrics were read
 * @param problem why they could not be read, or null
 * @param leader whether it is the leader, and not one that stands by
 * @param running the reconciles that run
 * @param queued the reconciles that wait for a worker
 * @param regions its Regions, by name
 */
public record OperatorFigures(
    String source,
    @Nullable String problem,
    boolean leader,
    @Nullable Long running,
    @Nullable Long queued,
    List<RegionFigures> regions) {

  /** Copies the list. */
  public OperatorFigures {
    regions = List.copyOf(regions);
  }

  static OperatorFigures unknown(String source, String problem) {
    return new OperatorFigures(source, problem, false, null, null, List.of());
  }
}
