package dev.lambdaconfig.cli.plan.output;

import dev.lambdaconfig.cli.format.SafeText;
import dev.lambdaconfig.cli.format.Xml;
import dev.lambdaconfig.cli.plan.report.FunctionPlan;
import dev.lambdaconfig.cli.plan.report.PlanProblem;
import dev.lambdaconfig.cli.plan.report.PlanReport;
import java.util.ArrayList;
import java.util.List;

/**
 * A plan as a JUnit report: one test for each manifest. An error is an error; where drift fails the
 * run, a function that differs is a failure; else its changes are the output of a test that passes.
 */
public final class JUnitRenderer implements Renderer {

  private final boolean failsOnDrift;

  /**
   * Creates the format.
   *
   * @param failsOnDrift whether a function that differs is a failure
   */
  public JUnitRenderer(boolean failsOnDrift) {
    this.failsOnDrift = failsOnDrift;
  }

  @Override
  public String render(PlanReport report) {
    long errors = report.functions().stream().filter(plan -> plan.problem() != null).count();
    long failures = report.functions().stream().filter(this::isFailure).count();
    StringBuilder text = new StringBuilder();
    text.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
        .append(
            "<testsuite name=\"lambda-config plan\" tests=\"%d\" failures=\"%d\" errors=\"%d\">\n"
                .formatted(report.functions().size(), failures, errors));
    report.functions().forEach(plan -> testCase(text, plan));
    return text.append("</testsuite>\n").toString();
  }

  private boolean isFailure(FunctionPlan plan) {
    return failsOnDrift && plan.problem() == null && plan.differs();
  }

  private void testCase(StringBuilder text, FunctionPlan plan) {
    text.append("  <testcase classname=\"")
        .append(Xml.escaped(PlanLines.place(plan)))
        .append("\" name=\"")
        .append(Xml.escaped(PlanLines.resource(plan)))
        .append('"');
    String file = plan.origin().file();
    if (file != null) {
      text.append(" file=\"")
          .append(Xml.escaped(SafeText.of(file)))
          .append("\" line=\"")
          .append(plan.origin().line())
          .append('"');
    }
    List<String> lines = lines(plan);
    String output = Xml.escaped(String.join("\n", lines));
    PlanProblem problem = plan.problem();
    if (problem != null) {
      text.append(">\n    <error type=\"")
          .append(Xml.escaped(SafeText.of(problem.reason())))
          .append("\" message=\"")
          .append(Xml.escaped(SafeText.of(problem.message())))
          .append("\">")
          .append(output)
          .append("</error>\n  </testcase>\n");
    } else if (isFailure(plan)) {
      text.append(">\n    <failure type=\"drift\" message=\"")
          .append(Xml.escaped(PlanLines.function(plan) + " differs"))
          .append("\">")
          .append(output)
          .append("</failure>\n  </testcase>\n");
    } else if (lines.isEmpty()) {
      text.append("/>\n");
    } else {
      text.append(">\n    <system-out>").append(output).append("</system-out>\n  </testcase>\n");
    }
  }

  private static List<String> lines(FunctionPlan plan) {
    List<String> lines = new ArrayList<>();
    plan.changes()
        .forEach(change -> lines.add(PlanLines.mark(change) + " " + PlanLines.change(change)));
    plan.drift().forEach(change -> lines.add("= " + PlanLines.change(change)));
    plan.notCompared().forEach(value -> lines.add("? " + PlanLines.notCompared(value)));
    plan.notes().forEach(note -> lines.add(PlanLines.note(note)));
    if (plan.request() != null) {
      lines.add("request: " + PlanLines.request(plan.request()));
    }
    return lines;
  }
}
