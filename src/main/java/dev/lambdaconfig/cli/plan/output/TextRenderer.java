package dev.lambdaconfig.cli.plan.output;

import dev.lambdaconfig.cli.format.TerminalStyle;
import dev.lambdaconfig.cli.plan.report.FieldChange;
import dev.lambdaconfig.cli.plan.report.FunctionPlan;
import dev.lambdaconfig.cli.plan.report.PlanProblem;
import dev.lambdaconfig.cli.plan.report.PlanReport;
import dev.lambdaconfig.cli.plan.report.PlannedAction;
import dev.lambdaconfig.text.Counted;
import java.util.List;

/** A plan for people, in the shape that Terraform has made known. */
public final class TextRenderer implements Renderer {

  /** The functions that are named with one error. */
  private static final int NAMED = 20;

  private final boolean coloured;

  /** Creates the format, with or without the colours of a terminal. */
  public TextRenderer(boolean coloured) {
    this.coloured = coloured;
  }

  @Override
  public String render(PlanReport report) {
    StringBuilder text = new StringBuilder();
    PlanLines.remarkable(report).forEach(plan -> unchanged(text, plan));
    report.with(PlannedAction.UPDATE).forEach(plan -> update(text, plan));
    PlanLines.problems(report).forEach((problem, plans) -> error(text, problem, plans));
    if (!text.isEmpty()) {
      text.append('\n');
    }
    String skipped = PlanLines.skipped(report);
    if (!skipped.isEmpty()) {
      text.append("Skipped ").append(skipped).append(".\n");
    }
    return text.append(styled(TerminalStyle.BOLD, report.summary())).append('\n').toString();
  }

  private void unchanged(StringBuilder text, FunctionPlan plan) {
    header(text, plan, "unchanged");
    remarks(text, plan);
  }

  private void update(StringBuilder text, FunctionPlan plan) {
    header(text, plan, "update");
    plan.changes().forEach(change -> line(text, change));
    remarks(text, plan);
    if (plan.request() != null) {
      text.append("    ")
          .append(styled(TerminalStyle.FAINT, "request: " + PlanLines.request(plan.request())))
          .append('\n');
    }
  }

  private void error(StringBuilder text, PlanProblem problem, List<FunctionPlan> plans) {
    FunctionPlan first = plans.getFirst();
    if (plans.size() == 1) {
      header(text, first, "error");
      first.changes().forEach(change -> line(text, change));
      remarks(text, first);
    } else {
      text.append(styled(TerminalStyle.BOLD, Counted.of(plans.size(), "resource")))
          .append(": error\n");
      plans.stream()
          .limit(NAMED)
          .forEach(
              plan ->
                  text.append("    ")
                      .append(PlanLines.resource(plan))
                      .append(" (")
                      .append(PlanLines.place(plan))
                      .append(")\n"));
      if (plans.size() > NAMED) {
        text.append("    and ").append(plans.size() - NAMED).append(" more\n");
      }
    }
    text.append("  ")
        .append(styled(TerminalStyle.RED, "! " + PlanLines.problem(problem)))
        .append('\n');
  }

  private void header(StringBuilder text, FunctionPlan plan, String action) {
    text.append(styled(TerminalStyle.BOLD, PlanLines.resource(plan)))
        .append(" (")
        .append(PlanLines.place(plan))
        .append("): ")
        .append(action);
    if (plan.functionName() != null) {
      text.append(' ').append(PlanLines.function(plan));
    }
    text.append('\n');
  }

  private void line(StringBuilder text, FieldChange change) {
    TerminalStyle style =
        switch (change.kind()) {
          case ADDED -> TerminalStyle.GREEN;
          case CHANGED -> TerminalStyle.YELLOW;
          case REMOVED -> TerminalStyle.RED;
        };
    text.append("  ")
        .append(styled(style, String.valueOf(PlanLines.mark(change))))
        .append(' ')
        .append(PlanLines.change(change))
        .append('\n');
  }

  private static void remarks(StringBuilder text, FunctionPlan plan) {
    plan.drift()
        .forEach(
            change ->
                text.append("  = ").append(PlanLines.change(change)).append(" (left as it is)\n"));
    plan.notCompared()
        .forEach(value -> text.append("  ? ").append(PlanLines.notCompared(value)).append('\n'));
    plan.notes().forEach(note -> text.append("    ").append(PlanLines.note(note)).append('\n'));
  }

  private String styled(TerminalStyle style, String text) {
    return style.of(text, coloured);
  }
}
