package dev.lambdaconfig.cli.plan.output;

import dev.lambdaconfig.cli.format.SafeText;
import dev.lambdaconfig.cli.plan.report.FieldChange;
import dev.lambdaconfig.cli.plan.report.FunctionPlan;
import dev.lambdaconfig.cli.plan.report.PlanProblem;
import dev.lambdaconfig.cli.plan.report.PlanReport;
import dev.lambdaconfig.cli.plan.report.PlannedAction;
import dev.lambdaconfig.cli.plan.report.PlannedRequest;
import dev.lambdaconfig.model.Value;
import dev.lambdaconfig.plan.environment.UnreadValue;
import dev.lambdaconfig.text.Counted;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The sentences of a plan that several formats have in common, each on one line. */
final class PlanLines {

  private static final int LONGEST_VALUE = 300;
  private static final int LONGEST_MESSAGE = 4096;
  private static final int LONGEST_REQUEST = 16_384;

  private PlanLines() {}

  /** A change, such as {@code timeout: 3 -> 30}. */
  static String change(FieldChange change) {
    String path = SafeText.shortened(change.path(), LONGEST_VALUE);
    if (change.isOfVariable()) {
      return change.kind() == FieldChange.Kind.CHANGED ? path + ": differs" : path;
    }
    return path
        + ": "
        + ValueText.of(change.from(), LONGEST_VALUE)
        + " -> "
        + ValueText.of(change.to(), LONGEST_VALUE);
  }

  /** The mark of a change, as Terraform has it. */
  static char mark(FieldChange change) {
    return switch (change.kind()) {
      case ADDED -> '+';
      case CHANGED -> '~';
      case REMOVED -> '-';
    };
  }

  /** A setting that was not compared. */
  static String notCompared(UnreadValue value) {
    return SafeText.shortened(value.path(), LONGEST_VALUE)
        + ": not compared ("
        + SafeText.shortened(value.why(), LONGEST_VALUE)
        + ")";
  }

  /** The request as JSON on one line. */
  static String request(PlannedRequest request) {
    return ValueText.of(new Value.Structure(request.body()), LONGEST_REQUEST);
  }

  static String problem(PlanProblem problem) {
    return SafeText.shortened(problem.reason(), LONGEST_VALUE)
        + ": "
        + SafeText.shortened(problem.message(), LONGEST_MESSAGE);
  }

  static String note(String note) {
    return SafeText.shortened(note, LONGEST_MESSAGE);
  }

  static String resource(FunctionPlan plan) {
    return SafeText.shortened(plan.origin().resource(), LONGEST_VALUE);
  }

  static String place(FunctionPlan plan) {
    return SafeText.shortened(plan.origin().place(), LONGEST_VALUE);
  }

  /** The function and its Region, as far as they are known. */
  static String function(FunctionPlan plan) {
    String name =
        plan.functionName() == null
            ? "function"
            : SafeText.shortened(plan.functionName(), LONGEST_VALUE);
    return plan.region() == null
        ? name
        : name + " in " + SafeText.shortened(plan.region(), LONGEST_VALUE);
  }

  /** The number of changes in words. */
  static String changes(FunctionPlan plan) {
    return Counted.of(plan.changes().size(), "change");
  }

  /** The plans without an update of which there is something to say. */
  static List<FunctionPlan> remarkable(PlanReport report) {
    return report.with(PlannedAction.NONE).stream()
        .filter(
            plan ->
                !plan.drift().isEmpty() || !plan.notCompared().isEmpty() || !plan.notes().isEmpty())
        .toList();
  }

  /** The errors, those with the same words together. */
  static Map<PlanProblem, List<FunctionPlan>> problems(PlanReport report) {
    Map<PlanProblem, List<FunctionPlan>> problems = new LinkedHashMap<>();
    for (FunctionPlan plan : report.with(PlannedAction.ERROR)) {
      problems
          .computeIfAbsent(
              plan.problem() == null ? new PlanProblem("Error", "") : plan.problem(),
              same -> new ArrayList<>())
          .add(plan);
    }
    return problems;
  }

  /** The resources of other kinds, or an empty text where there are none. */
  static String skipped(PlanReport report) {
    int sum = report.skipped().values().stream().mapToInt(Integer::intValue).sum();
    return sum == 0
        ? ""
        : Counted.of(sum, "resource of another kind", "resources of other kinds")
            + ": "
            + report.skipped().entrySet().stream()
                .map(kind -> kind.getValue() + " " + SafeText.of(kind.getKey()))
                .collect(Collectors.joining(", "));
  }
}
