package dev.lambdaconfig.cli.validate.report;

import dev.lambdaconfig.cli.format.SafeText;
import dev.lambdaconfig.cli.format.WorkflowCommand;

/** A report as annotations of GitHub Actions, which GitHub shows at the lines of a pull request. */
public final class FindingAnnotations implements ReportFormat {

  private final String workspace;

  /**
   * Creates the format.
   *
   * @param workspace the folder of the repository, which paths are relative to; empty where it is
   *     not known
   */
  public FindingAnnotations(String workspace) {
    this.workspace = workspace;
  }

  @Override
  public String text(ValidationReport report) {
    StringBuilder text = new StringBuilder();
    for (Finding finding : report.findings()) {
      text.append(
          "::%s file=%s,line=%d,col=%d,title=%s::%s%n"
              .formatted(
                  finding.severity().word(),
                  property(WorkflowCommand.path(finding.file(), workspace)),
                  finding.position().line(),
                  finding.position().column(),
                  property(finding.reason()),
                  data(finding.message())));
    }
    return text.append(new FindingLines(false).summary(report)).append('\n').toString();
  }

  private static String data(String text) {
    return WorkflowCommand.data(SafeText.of(text));
  }

  private static String property(String text) {
    return WorkflowCommand.property(SafeText.of(text));
  }
}
