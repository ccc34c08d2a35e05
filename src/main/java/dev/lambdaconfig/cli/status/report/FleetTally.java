package dev.lambdaconfig.cli.status.report;

import dev.lambdaconfig.api.DriftedField;
import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.api.StatusCondition;
import dev.lambdaconfig.cli.cluster.ReportedState;
import dev.lambdaconfig.cli.cluster.ReportedState.State;
import dev.lambdaconfig.cli.status.metrics.OperatorFigures;
import dev.lambdaconfig.status.Conditions;
import dev.lambdaconfig.text.WholeText;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Counts resources one after another, and keeps the few that are named: tens of thousands take no
 * more memory than their reasons. A status is the word of whoever may write it.
 */
public final class FleetTally {

  /** Reasons that are not this operator's can be anything. */
  private static final int MOST_REASONS = 200;

  private static final String OTHER_REASONS = "(other reasons)";
  private static final int LONGEST_REASON = 100;
  private static final int LONGEST_PATH = 200;
  private static final int NAMED_OF_A_REASON = 10;
  private static final int OLDEST_DIFFERENCES = 10;
  private static final int FIELDS_OF_A_DIFFERENCE = 10;

  /** The most urgent first. */
  private static final List<State> ORDER =
      List.of(
          State.Stalled,
          State.NotReconciled,
          State.Deleting,
          State.Reconciling,
          State.Suspended,
          State.Ready);

  private record Key(State state, @Nullable String reason) {}

  private static final class Group {
    private final OldestMembers members = new OldestMembers(NAMED_OF_A_REASON);
    private long count;
  }

  private final Map<Key, Group> groups = new HashMap<>();
  private final Map<State, Long> states = new EnumMap<>(State.class);
  private final Set<String> namespaces = new HashSet<>();
  private final OldestMembers differences = new OldestMembers(OLDEST_DIFFERENCES);
  private long resources;
  private long differing;

  /** Creates the tally of an empty fleet. */
  public FleetTally() {}

  /** Counts a resource. */
  public void add(LambdaFunctionConfig resource) {
    resources++;
    ObjectMeta metadata = resource.getMetadata();
    namespaces.add(metadata.getNamespace());
    ReportedState reported = ReportedState.of(resource);
    states.merge(reported.state(), 1L, Long::sum);
    String reason = reason(reported);
    Group group = group(new Key(reported.state(), reason));
    group.count++;
    group.members.add(member(metadata, reported.state(), reported.since(), reason, List.of(), 0));
    LambdaFunctionConfigStatus status = resource.getStatus();
    if (status != null) {
      countDifference(metadata, reported, reason, status);
    }
  }

  private void countDifference(
      ObjectMeta metadata,
      ReportedState reported,
      @Nullable String reason,
      LambdaFunctionConfigStatus status) {
    StatusCondition drifted = ReportedState.isTrue(status.conditions, Conditions.DRIFTED);
    if (drifted == null) {
      return;
    }
    differing++;
    List<DriftedField> drift = Objects.requireNonNullElse(status.drift, List.of());
    List<String> fields =
        drift.stream()
            .limit(FIELDS_OF_A_DIFFERENCE)
            .map(DriftedField::path)
            .flatMap(Stream::ofNullable)
            .map(path -> WholeText.shortened(path, LONGEST_PATH))
            .toList();
    differences.add(
        member(
            metadata,
            reported.state(),
            drifted.lastTransitionTime(),
            reason,
            fields,
            drift.size() - fields.size()));
  }

  private Group group(Key key) {
    Group known = groups.get(key);
    if (known != null) {
      return known;
    }
    Key kept = groups.size() < MOST_REASONS ? key : new Key(key.state(), OTHER_REASONS);
    return groups.computeIfAbsent(kept, any -> new Group());
  }

  private static @Nullable String reason(ReportedState reported) {
    if (reported.state() == State.NotReconciled) {
      return reported.condition() == null ? "NoStatus" : "SpecChanged";
    }
    StatusCondition condition = reported.condition();
    return condition == null ? null : WholeText.shortened(condition.reason(), LONGEST_REASON);
  }

  /** A state is no older than its resource, whatever the status says. */
  private static FleetMember member(
      ObjectMeta metadata,
      State state,
      @Nullable String since,
      @Nullable String reason,
      List<String> fields,
      int moreFields) {
    Instant told = time(since);
    Instant created = time(metadata.getCreationTimestamp());
    Instant at = told == null || created == null || !told.isBefore(created) ? told : created;
    return new FleetMember(
        metadata.getNamespace(), metadata.getName(), state, at, reason, fields, moreFields);
  }

  private static @Nullable Instant time(@Nullable String text) {
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeException e) {
      return null;
    }
  }

  /**
   * Returns what was counted.
   *
   * @param time when the fleet was read
   * @param namespace the only namespace that was read, or null
   * @param ofOneMoment whether all were read as they were at one moment
   * @param operators what operators tell
   */
  public FleetReport report(
      Instant time,
      @Nullable String namespace,
      boolean ofOneMoment,
      List<OperatorFigures> operators) {
    return new FleetReport(
        time,
        namespace,
        resources,
        namespaces.size(),
        ofOneMoment,
        new EnumMap<>(states),
        reasons(),
        differing,
        differences.list(),
        operators);
  }

  private List<ReasonCount> reasons() {
    return groups.entrySet().stream()
        .map(entry -> count(entry.getKey(), entry.getValue()))
        .sorted(
            Comparator.comparingInt((ReasonCount count) -> ORDER.indexOf(count.state()))
                .thenComparing(Comparator.comparingLong(ReasonCount::count).reversed())
                .thenComparing(count -> String.valueOf(count.reason())))
        .toList();
  }

  private static ReasonCount count(Key key, Group group) {
    List<FleetMember> members = group.members.list();
    return new ReasonCount(key.state(), key.reason(), group.count, members.get(0).since(), members);
  }
}
