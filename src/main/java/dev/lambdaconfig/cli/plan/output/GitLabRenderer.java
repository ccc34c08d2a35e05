package dev.lambdaconfig.cli.plan.output;

import dev.lambdaconfig.cli.plan.report.PlanReport;
import dev.lambdaconfig.cli.plan.report.PlannedAction;

/**
 * The report that GitLab shows in a merge request: the one of Terraform ({@code
 * artifacts:reports:terraform}), which has three numbers and nothing else. No function is ever
 * created or deleted.
 */
public final class GitLabRenderer implements Renderer {

  /** Creates the format. */
  public GitLabRenderer() {}

  @Override
  public String render(PlanReport report) {
    return "{\"create\":0,\"update\":%d,\"delete\":0}\n"
        .formatted(report.count(PlannedAction.UPDATE));
  }
}
