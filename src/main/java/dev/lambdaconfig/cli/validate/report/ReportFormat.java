package dev.lambdaconfig.cli.validate.report;

/** A format of reports. */
public interface ReportFormat {

  /** The text of a report, which ends with a line break unless it is empty. */
  String text(ValidationReport report);
}
