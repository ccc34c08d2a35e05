package dev.lambdaconfig.cli.status.report;

import dev.lambdaconfig.cli.cluster.ReportedState.State;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A resource of a fleet.
 *
 * @param namespace its namespace
 * @param name its name
 * @param state its state
 * @param since since when it is in its state, or differs, or null if that is not known
 * @param reason the reason of its state, or null
 * @param fields the paths of the first fields in which its function differs
 * @param moreFields how many others there are
 */
record FleetMember(
    String namespace,
    String name,
    State state,
    @Nullable Instant since,
    @Nullable String reason,
    List<String> fields,
    int moreFields) {

  /** The oldest first, and those of which that is not known last. */
  static final Comparator<FleetMember> OLDEST_FIRST =
      Comparator.comparing(
              FleetMember::since, Comparator.nullsLast(Comparator.<Instant>naturalOrder()))
          .thenComparing(FleetMember::namespace)
          .thenComparing(FleetMember::name);

  /** The state with its reason. */
  String stateAndReason() {
    return reason == null ? state.name() : state + ": " + reason;
  }

  String qualifiedName() {
    return namespace + "/" + name;
  }
}
