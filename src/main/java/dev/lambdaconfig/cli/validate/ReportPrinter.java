package dev.lambdaconfig.cli.validate;

import dev.lambdaconfig.cli.format.StandardStream;
import dev.lambdaconfig.cli.validate.report.FindingAnnotations;
import dev.lambdaconfig.cli.validate.report.FindingJUnit;
import dev.lambdaconfig.cli.validate.report.FindingJson;
import dev.lambdaconfig.cli.validate.report.FindingLines;
import dev.lambdaconfig.cli.validate.report.ReportFormat;
import dev.lambdaconfig.cli.validate.report.ValidationReport;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine;

/** Prints reports. Apart from the command, so that other commands load no format. */
final class ReportPrinter {

  private static final String WORKSPACE = "GITHUB_WORKSPACE";

  private final Map<String, String> environment;
  private final CommandLine command;

  ReportPrinter(Map<String, String> environment, CommandLine command) {
    this.environment = environment;
    this.command = command;
  }

  void print(ValidationReport report, ValidateCommand.Output output) {
    boolean coloured = StandardStream.OUT.takesEscapes(environment);
    FindingLines lines = new FindingLines(coloured);
    if (output == ValidateCommand.Output.text) {
      PrintWriter err = command.getErr();
      err.print(lines.lines(report.warnings()));
      err.flush();
    }
    ReportFormat format =
        switch (output) {
          case text -> lines;
          case json -> new FindingJson();
          case github -> new FindingAnnotations(environment.getOrDefault(WORKSPACE, ""));
          case junit -> new FindingJUnit();
        };
    PrintWriter out = command.getOut();
    out.print(format.text(report));
    out.flush();
  }
}
