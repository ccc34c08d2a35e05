package dev.lambdaconfig.cli.plan.output;

import dev.lambdaconfig.cli.format.SafeText;
import dev.lambdaconfig.cli.format.WorkflowCommand;
import dev.lambdaconfig.cli.plan.report.FieldChange;
import dev.lambdaconfig.cli.plan.report.FunctionPlan;
import dev.lambdaconfig.cli.plan.report.PlanProblem;
import dev.lambdaconfig.cli.plan.report.PlanReport;
import dev.lambdaconfig.cli.plan.report.PlannedAction;
import dev.lambdaconfig.text.WholeText;
import java.util.ArrayList;
import java.util.List;

/**
 * A plan as the log of a GitHub Actions step: annotations at the lines of the manifests, and the
 * text of the plan. The text stands where GitHub takes no commands from it.
 */
public final class GitHubRenderer implements Renderer {

  /** The annotations of one kind that GitHub shows of a step. */
  private static final int MOST_ANNOTATIONS = 10;

  private static final int LONGEST_MESSAGE = 4000;

  private final String workspace;
  private final String token;

  /**
   * Creates the format.
   *
   * @param workspace the folder of the repository, which the paths of annotations are relative to;
   *     empty where it is not known
   * @param token a random word that nobody can guess, which ends the text of the plan
   */
  public GitHubRenderer(String workspace, String token) {
    this.workspace = workspace;
    this.token = token;
  }

  @Override
  public String render(PlanReport report) {
    StringBuilder text = new StringBuilder();
    text.append("::stop-commands::").append(token).append('\n');
    text.append(new TextRenderer(false).render(report));
    text.append("::").append(token).append("::\n");
    annotate(text, "error", errors(report));
    annotate(text, "notice", notices(report));
    return text.toString();
  }

  private List<String> errors(PlanReport report) {
    List<String> errors = new ArrayList<>();
    for (FunctionPlan plan : report.with(PlannedAction.ERROR)) {
      PlanProblem problem = plan.problem();
      errors.add(
          annotation(
              "error",
              plan,
              plan.origin().line(),
              problem == null ? "" : PlanLines.problem(problem)));
    }
    return errors;
  }

  private List<String> notices(PlanReport report) {
    List<String> notices = new ArrayList<>();
    for (FunctionPlan plan : report.with(PlannedAction.UPDATE)) {
      StringBuilder message = new StringBuilder(PlanLines.function(plan)).append(':');
      for (FieldChange change : plan.changes()) {
        message
            .append('\n')
            .append(PlanLines.mark(change))
            .append(' ')
            .append(PlanLines.change(change));
      }
      int line = plan.changes().isEmpty() ? plan.origin().line() : plan.changes().getFirst().line();
      notices.add(annotation("notice", plan, line, message.toString()));
    }
    return notices;
  }

  private static void annotate(StringBuilder text, String level, List<String> annotations) {
    int shown = annotations.size() <= MOST_ANNOTATIONS ? annotations.size() : MOST_ANNOTATIONS - 1;
    annotations.subList(0, shown).forEach(text::append);
    if (shown < annotations.size()) {
      text.append(
          "::%s title=plan::and %d more, which the summary of this step has\n"
              .formatted(level, annotations.size() - shown));
    }
  }

  private String annotation(String level, FunctionPlan plan, int line, String message) {
    StringBuilder text = new StringBuilder("::").append(level).append(' ');
    String file = plan.origin().file();
    if (file != null) {
      text.append("file=")
          .append(WorkflowCommand.property(SafeText.of(WorkflowCommand.path(file, workspace))))
          .append(",line=")
          .append(line)
          .append(',');
    }
    return text.append("title=")
        .append(WorkflowCommand.property("plan: " + PlanLines.resource(plan)))
        .append("::")
        .append(WorkflowCommand.data(WholeText.shortened(message, LONGEST_MESSAGE)))
        .append('\n')
        .toString();
  }
}
