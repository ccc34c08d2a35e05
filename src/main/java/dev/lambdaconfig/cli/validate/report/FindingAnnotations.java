package dev.lambdaconfig.cli.validate.report;

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
    this.workspace = workspace.isEmpty() || workspace.endsWith("/") ? workspace : workspace + "/";
  }

  @Override
  public String text(ValidationReport report) {
    StringBuilder text = new StringBuilder();
    for (Finding finding : report.findings()) {
      text.append(
          "::%s file=%s,line=%d,col=%d,title=%s::%s%n"
              .formatted(
                  finding.severity().word(),
                  property(relative(finding.file())),
                  finding.position().line(),
                  finding.position().column(),
                  property(finding.reason()),
                  data(finding.message())));
    }
    return text.append(new FindingLines(false).summary(report)).append('\n').toString();
  }

  private String relative(String file) {
    String path =
        !workspace.isEmpty() && file.startsWith(workspace)
            ? file.substring(workspace.length())
            : file;
    return path.startsWith("./") ? path.substring(2) : path;
  }

  private static String data(String text) {
    return ControlCharacters.escaped(text).replace("%", "%25");
  }

  private static String property(String text) {
    return data(text).replace(":", "%3A").replace(",", "%2C");
  }
}
