package dev.lambdaconfig.cli.cluster;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.api.StatusCondition;
import dev.lambdaconfig.status.Conditions;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The state of a resource, as its metadata and status report it.
 *
 * @param state the state
 * @param condition the condition with the reason; of a resource that is being deleted, that of the
 *     deletion
 * @param since when it became so, RFC 3339, or null if that is not known
 */
public record ReportedState(
    State state, @Nullable StatusCondition condition, @Nullable String since) {

  /** The state of a resource, which is the first of these that holds. */
  public enum State {
    /** It is being deleted, and finalizers hold it. */
    Deleting,
    /** Its status describes an earlier generation of the spec, or nothing. */
    NotReconciled,
    /** The condition of that name is true. */
    Suspended,
    /** The condition of that name is true. */
    Stalled,
    /** The condition of that name is true. */
    Reconciling,
    /** The condition of that name is true. */
    Ready
  }

  /** Returns the state of a resource. */
  public static ReportedState of(LambdaFunctionConfig resource) {
    LambdaFunctionConfigStatus status =
        Objects.requireNonNullElseGet(resource.getStatus(), LambdaFunctionConfigStatus::new);
    ObjectMeta metadata = resource.getMetadata();
    State state = state(metadata, status);
    StatusCondition shown = shown(state, status.conditions);
    return new ReportedState(state, shown, since(state, metadata, shown));
  }

  private static State state(ObjectMeta metadata, LambdaFunctionConfigStatus status) {
    if (metadata.getDeletionTimestamp() != null) {
      return State.Deleting;
    }
    if (!Objects.equals(metadata.getGeneration(), status.observedGeneration)) {
      return State.NotReconciled;
    }
    return Stream.of(State.Suspended, State.Stalled, State.Reconciling, State.Ready)
        .filter(state -> isTrue(status.conditions, state.name()) != null)
        .findFirst()
        .orElse(State.NotReconciled);
  }

  private static @Nullable StatusCondition shown(
      State state, @Nullable List<StatusCondition> conditions) {
    return switch (state) {
      case NotReconciled -> Conditions.find(conditions, Conditions.READY);
      case Deleting ->
          Stream.of(Conditions.STALLED, Conditions.RECONCILING)
              .map(type -> isTrue(conditions, type))
              .filter(Objects::nonNull)
              .findFirst()
              .orElse(null);
      default -> isTrue(conditions, state.name());
    };
  }

  /** A condition of an earlier generation does not say since when the spec waits. */
  private static @Nullable String since(
      State state, ObjectMeta metadata, @Nullable StatusCondition shown) {
    return switch (state) {
      case Deleting -> metadata.getDeletionTimestamp();
      case NotReconciled -> shown == null ? metadata.getCreationTimestamp() : null;
      default -> shown == null ? null : shown.lastTransitionTime();
    };
  }

  /** Returns a condition that is true, or null. */
  public static @Nullable StatusCondition isTrue(
      @Nullable List<StatusCondition> conditions, String type) {
    StatusCondition found = Conditions.find(conditions, type);
    return found != null && found.status().equals("True") ? found : null;
  }
}
