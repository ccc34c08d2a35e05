package dev.lambdaconfig.cli.plan.planning;

import dev.lambdaconfig.cli.plan.planning.Preparation.ToRead;
import dev.lambdaconfig.cli.plan.report.FieldChange;
import dev.lambdaconfig.cli.plan.report.FunctionPlan;
import dev.lambdaconfig.cli.plan.report.PlannedRequest;
import dev.lambdaconfig.decision.Decision;
import dev.lambdaconfig.decision.Judgement;
import dev.lambdaconfig.model.Lifecycle;
import dev.lambdaconfig.model.ObservedFunction;
import dev.lambdaconfig.model.Value;
import dev.lambdaconfig.plan.Difference;
import dev.lambdaconfig.plan.Plan;
import dev.lambdaconfig.plan.environment.UnreadValue;
import dev.lambdaconfig.plan.field.FieldPaths;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The plan that a decision of the operator stands for. */
final class DecidedPlan {

  private static final String VARIABLES = "environment.variables";

  private final ToRead readable;
  private final ObservedFunction function;
  private final List<UnreadValue> notCompared;
  private final List<String> notes;

  /**
   * Makes the plan of a function.
   *
   * @param unread the values that could not be compared
   * @param remarks what else to know of the function
   */
  DecidedPlan(
      ToRead readable, ObservedFunction function, List<UnreadValue> unread, List<String> remarks) {
    this.readable = readable;
    this.function = function;
    this.notCompared = new ArrayList<>(unread);
    this.notes = new ArrayList<>(readable.plan().notes());
    this.notes.addAll(remarks);
  }

  FunctionPlan of(Judgement judgement) {
    Plan plan = judgement.plan() == null ? Plan.NOTHING : judgement.plan();
    Plan sent = judgement.decision() instanceof Decision.Update update ? update.plan() : plan;
    unreadable(sent);
    FunctionPlan differing = readable.plan();
    FunctionPlan decided =
        switch (judgement.decision()) {
          case Decision.Update update ->
              differing
                  .differing(changes(sent), left(sent))
                  .sending(new PlannedRequest(sent.request(), update.revisionId()));
          case Decision.InProgress busy -> busy(busy, plan);
          case Decision.InSync sync -> {
            note(sync.remark());
            yield differing.differing(List.of(), left(plan));
          }
          case Decision.Observed observed -> {
            note(plan.differences().isEmpty() ? null : "mode: Observe: reported, and not sent");
            yield differing.differing(List.of(), all(plan));
          }
          case Decision.Stalled stalled -> stalled(stalled, plan);
          case Decision.Retry retry ->
              differing.differing(changes(plan), left(plan)).failing(ReadProblems.of(retry));
          case Decision.Paused paused -> differing.failing(ReadProblems.of(paused));
          case Decision.ReadAgain again ->
              throw new IllegalStateException("a read is never followed by another one");
        };
    return decided.remarking(notCompared, notes);
  }

  /** An update runs: the operator waits for its end, and then sends its own. */
  private FunctionPlan busy(Decision.InProgress busy, Plan plan) {
    note(busy.message() + (plan.isEmpty() ? "" : ": the operator sends its own once that ended"));
    FunctionPlan differing = readable.plan().differing(changes(plan), left(plan));
    return plan.isEmpty() ? differing : differing.sending(new PlannedRequest(plan.request(), null));
  }

  /**
   * The operator can do nothing. That is an error where something differs; else the function is as
   * declared, as far as that can be seen from here.
   */
  private FunctionPlan stalled(Decision.Stalled stalled, Plan plan) {
    FunctionPlan differing = readable.plan().differing(changes(plan), left(plan));
    Lifecycle lifecycle = function.lifecycle();
    boolean asDeclared = plan.isEmpty() && plan.blocked().isEmpty();
    if (asDeclared && (lifecycle.isDead() || lifecycle.lastUpdateFailed())) {
      note(stalled.reason() + ": " + stalled.message());
      return differing;
    }
    return asDeclared && !plan.unknown().isEmpty()
        ? differing
        : differing.failing(ReadProblems.of(stalled));
  }

  /** Adds what AWS could not read for whoever plans, be it only for lack of a right to decrypt. */
  private void unreadable(Plan plan) {
    for (Plan.Unknown unknown : plan.unknown()) {
      notCompared.add(new UnreadValue(unknown.path(), "AWS could not read it: " + unknown.code()));
    }
  }

  private void note(@Nullable String text) {
    if (text != null) {
      notes.add(text);
    }
  }

  private List<FieldChange> changes(Plan plan) {
    List<FieldChange> changes = new ArrayList<>();
    for (Difference difference : plan.differences()) {
      if (isSent(plan, difference)) {
        changes.add(change(difference));
      }
    }
    for (String field : plan.fields()) {
      if (plan.differences().stream()
          .noneMatch(difference -> FieldPaths.isWithin(field, difference.path()))) {
        resent(field, changes);
      }
    }
    return changes;
  }

  /** A field that is sent although no difference can be seen. */
  private void resent(String field, List<FieldChange> changes) {
    if (field.equals(VARIABLES) && function.configuration().at("Environment", "Error") != null) {
      note("kmsKeyArn changes, so the environment variables are sent with it, as declared");
      changes.add(
          new FieldChange(
              field, Value.text("present"), Value.text("differs"), readable.input().line(field)));
    } else {
      note(field + " is sent again, because the last update failed");
    }
  }

  private List<FieldChange> left(Plan plan) {
    return plan.differences().stream()
        .filter(difference -> !isSent(plan, difference))
        .map(this::change)
        .toList();
  }

  private List<FieldChange> all(Plan plan) {
    return plan.differences().stream().map(this::change).toList();
  }

  /** Whether an update closes a difference, and neither ignores it nor has to leave it. */
  private static boolean isSent(Plan plan, Difference difference) {
    return isWithinAny(plan.fields(), difference) && !isWithinAny(plan.left(), difference);
  }

  private static boolean isWithinAny(List<String> paths, Difference difference) {
    return paths.stream().anyMatch(path -> FieldPaths.isWithin(path, difference.path()));
  }

  private FieldChange change(Difference difference) {
    return FieldChange.of(difference, readable.input().line(difference.path()));
  }
}
