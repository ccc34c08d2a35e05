package dev.lambdaconfig.cli.plan.output;

import dev.lambdaconfig.cli.plan.report.PlanReport;

/** A format of plans. */
public interface Renderer {

  /** The plan in this format, with a line break at its end. */
  String render(PlanReport report);
}
