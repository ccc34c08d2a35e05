package dev.lambdaconfig.cli.explain;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigSpec;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.api.StatusCondition;
import dev.lambdaconfig.cli.cluster.ReportedState;
import dev.lambdaconfig.cli.cluster.ReportedState.State;
import dev.lambdaconfig.status.Conditions;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Explains a resource by what the API server has of it. */
final class Explainer {

  private static final String NOTHING = "Nothing.";

  private static final Reason NOT_RECONCILED =
      new Reason(
          "NotReconciled",
          "",
          "The operator has not acted on this generation of the spec.",
          "Wait a few seconds. If it stays like this: check that an operator runs (its Pod, its"
              + " Lease), and that its --namespaces and --selector cover this resource.",
          "The operator acts on a change within seconds.");

  private static final Reason SUSPENDED =
      new Reason(
          "Suspended",
          "",
          "spec.suspend is true: the operator neither reads nor writes the function.",
          "Remove spec.suspend from the manifest to resume.",
          "The operator does nothing until then.");

  private static final Reason DELETING =
      new Reason(
          "Deleting",
          "",
          "The resource is being deleted, and finalizers hold it.",
          "See its conditions and Events: kubectl describe. Events of the reason RestoreAbandoned"
              + " name what could not be restored.",
          "Under deletionPolicy: Restore, the operator restores the fields, and releases the"
              + " resource when its --restore-timeout is over.");

  private final ReasonTable reasons;

  Explainer(ReasonTable reasons) {
    this.reasons = reasons;
  }

  Explanation explain(LambdaFunctionConfig resource) {
    ObjectMeta metadata = resource.getMetadata();
    LambdaFunctionConfigStatus status =
        Objects.requireNonNullElseGet(resource.getStatus(), LambdaFunctionConfigStatus::new);
    ReportedState reported = ReportedState.of(resource);
    State state = reported.state();
    StatusCondition shown = reported.condition();
    Reason reason = reason(state, shown);
    StatusCondition drifted = ReportedState.isTrue(status.conditions, Conditions.DRIFTED);
    return new Explanation(
        metadata.getNamespace(),
        metadata.getName(),
        state,
        reported.since(),
        shown == null ? null : shown.reason(),
        shown == null ? null : shown.message(),
        reason.meaning(),
        function(resource.getSpec(), status),
        functionState(status),
        metadata.getGeneration(),
        status.observedGeneration,
        Objects.requireNonNullElse(status.drift, List.of()),
        time(drifted),
        Objects.requireNonNullElse(status.history, List.of()),
        next(state, reason),
        whatToDo(state, reason, metadata));
  }

  private Reason reason(State state, @Nullable StatusCondition shown) {
    return switch (state) {
      case NotReconciled -> NOT_RECONCILED;
      case Suspended -> SUSPENDED;
      case Deleting -> DELETING;
      default -> reasons.find(shown == null ? "" : shown.reason(), state == State.Stalled);
    };
  }

  private static String next(State state, Reason reason) {
    return switch (state) {
      case NotReconciled, Suspended, Deleting -> reason.triedAgain();
      default -> Schedule.of(reason);
    };
  }

  private static String whatToDo(State state, Reason reason, ObjectMeta metadata) {
    if (state != State.Stalled || reason.whatToDo().equals(NOTHING)) {
      return reason.whatToDo();
    }
    return reason.whatToDo().replaceFirst("[.]?$", ".")
        + " A request: kubectl annotate lfc "
        + metadata.getName()
        + " --namespace "
        + metadata.getNamespace()
        + " lambdaconfig.dev/reconcile-requested-at=\"$(date +%s)\" --overwrite";
  }

  private static String function(
      @Nullable LambdaFunctionConfigSpec spec, LambdaFunctionConfigStatus status) {
    return Optional.ofNullable(status.functionArn)
        .or(() -> Optional.ofNullable(spec).map(LambdaFunctionConfigSpec::functionName))
        .orElse("(the spec names none)");
  }

  private static @Nullable String functionState(LambdaFunctionConfigStatus status) {
    String text =
        Stream.of(
                status.state == null ? null : "State " + status.state,
                status.lastUpdateStatus == null ? null : "last update " + status.lastUpdateStatus)
            .filter(Objects::nonNull)
            .collect(Collectors.joining(", "));
    return text.isEmpty() ? null : text;
  }

  private static @Nullable String time(@Nullable StatusCondition condition) {
    return condition == null ? null : condition.lastTransitionTime();
  }
}
