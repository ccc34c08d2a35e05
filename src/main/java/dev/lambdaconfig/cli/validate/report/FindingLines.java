package dev.lambdaconfig.cli.validate.report;

import dev.lambdaconfig.cli.format.SafeText;
import dev.lambdaconfig.cli.format.TerminalStyle;
import dev.lambdaconfig.text.Counted;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A report for people: one line for each error, as compilers print them, and a summary. */
public final class FindingLines implements ReportFormat {

  private final boolean coloured;

  /** Creates the format. */
  public FindingLines(boolean coloured) {
    this.coloured = coloured;
  }

  @Override
  public String text(ValidationReport report) {
    return lines(report.errors()) + summary(report) + "\n";
  }

  /** One line for each finding, such as the warnings, which go to standard error. */
  public String lines(List<Finding> findings) {
    StringBuilder text = new StringBuilder();
    for (Finding finding : findings) {
      String place =
          "%s:%d:%d:"
              .formatted(
                  SafeText.of(finding.file()),
                  finding.position().line(),
                  finding.position().column());
      text.append(in(TerminalStyle.BOLD, place))
          .append(' ')
          .append(
              in(
                  finding.isError() ? TerminalStyle.BOLD_RED : TerminalStyle.BOLD_YELLOW,
                  finding.severity().word() + ":"))
          .append(' ')
          .append(SafeText.of(finding.message()))
          .append('\n');
    }
    return text.toString();
  }

  /** One line with what was counted. */
  String summary(ValidationReport report) {
    int errors = report.errors().size();
    String text =
        "%s: %s, %s%s"
            .formatted(
                Counted.of(report.manifests().size(), "LambdaFunctionConfig"),
                Counted.of(errors, "error"),
                Counted.of(report.warnings().size(), "warning"),
                skipped(report.skippedKinds()));
    return in(errors == 0 ? TerminalStyle.GREEN : TerminalStyle.BOLD_RED, text);
  }

  private static String skipped(Map<String, Integer> kinds) {
    return kinds.isEmpty()
        ? ""
        : kinds.entrySet().stream()
            .map(kind -> kind.getValue() + " " + SafeText.of(kind.getKey()))
            .collect(Collectors.joining(", ", " (skipped: ", ")"));
  }

  private String in(TerminalStyle style, String text) {
    return style.of(text, coloured);
  }
}
