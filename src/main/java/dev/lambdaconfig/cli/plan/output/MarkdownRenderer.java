package dev.lambdaconfig.cli.plan.output;

import dev.lambdaconfig.cli.format.SafeText;
import dev.lambdaconfig.cli.plan.report.FieldChange;
import dev.lambdaconfig.cli.plan.report.FunctionPlan;
import dev.lambdaconfig.cli.plan.report.PlanProblem;
import dev.lambdaconfig.cli.plan.report.PlanReport;
import dev.lambdaconfig.cli.plan.report.PlannedAction;
import dev.lambdaconfig.text.Counted;
import dev.lambdaconfig.text.WholeText;
import java.util.ArrayList;
import java.util.List;

/**
 * A plan as a comment on a pull request: a heading with the summary, and each function folded below
 * it, errors first. What does not fit is left out, and counted.
 *
 * <p>Whatever somebody else wrote stands in a fenced block that it cannot close, or as HTML code.
 */
public final class MarkdownRenderer implements Renderer {

  /** The longest comment that GitHub accepts, in characters. */
  public static final int LONGEST = 65_536;

  /** The room for what is said of the functions that are left out. */
  private static final int LAST_WORDS = 200;

  private static final int LONGEST_REQUEST = 4000;
  private static final int MOST_LINES = 100;
  private static final int LONGEST_LINE = 1000;

  private final int longest;

  /** Creates the format of a comment on GitHub. */
  public MarkdownRenderer() {
    this(LONGEST);
  }

  /**
   * Creates the format.
   *
   * @param longest the most characters
   */
  MarkdownRenderer(int longest) {
    this.longest = longest;
  }

  /** A folded part, and the number of functions that it is about. */
  private record Part(String text, int functions) {}

  @Override
  public String render(PlanReport report) {
    StringBuilder text = new StringBuilder();
    text.append("### Lambda plan: ").append(report.summary()).append("\n\n");
    List<Part> parts = parts(report);
    int left = 0;
    for (Part part : parts) {
      // Once one is left out, so are those behind it: what is shown has no gaps.
      if (left == 0 && text.length() + part.text().length() <= longest - LAST_WORDS) {
        text.append(part.text());
      } else {
        left += part.functions();
      }
    }
    if (left > 0) {
      text.append("**")
          .append(Counted.of(left, "function is", "functions are"))
          .append(
              " left out, because a comment has room for no more.** The log of the run, or"
                  + " `-o json`, has all of them.\n");
    }
    return text.toString();
  }

  private static List<Part> parts(PlanReport report) {
    List<Part> parts = new ArrayList<>();
    PlanLines.problems(report).forEach((problem, plans) -> parts.add(error(problem, plans)));
    report.with(PlannedAction.UPDATE).forEach(plan -> parts.add(update(plan)));
    List<FunctionPlan> remarkable = PlanLines.remarkable(report);
    if (!remarkable.isEmpty()) {
      parts.add(unchanged(remarkable));
    }
    String skipped = PlanLines.skipped(report);
    if (!skipped.isEmpty()) {
      parts.add(new Part("<p>Skipped " + code(shortened(skipped)) + ".</p>\n", 0));
    }
    return parts;
  }

  private static Part error(PlanProblem problem, List<FunctionPlan> plans) {
    List<String> lines = new ArrayList<>();
    lines.add(PlanLines.problem(problem));
    if (plans.size() > 1) {
      plans.forEach(
          plan -> lines.add(PlanLines.resource(plan) + " (" + PlanLines.place(plan) + ")"));
    } else {
      plans.getFirst().changes().forEach(change -> lines.add(marked(change)));
      remarks(plans.getFirst(), lines);
    }
    String summary =
        plans.size() == 1 ? named(plans.getFirst()) : Counted.of(plans.size(), "resource");
    return new Part(
        folded(
            summary + ": error " + code(SafeText.shortened(problem.reason(), 100)),
            // The first line is the message, which may be long.
            fenced("text", lines)),
        plans.size());
  }

  private static Part update(FunctionPlan plan) {
    List<String> lines = new ArrayList<>();
    plan.changes().forEach(change -> lines.add(marked(change)));
    remarks(plan, lines);
    StringBuilder body = new StringBuilder(fenced("diff", lines));
    if (plan.request() != null) {
      String request = PlanLines.request(plan.request());
      body.append(
          request.length() <= LONGEST_REQUEST
              ? "Request:\n\n" + fenced("json", List.of(request))
              : "The request has " + request.length() + " characters: `-o json` has it.\n\n");
    }
    return new Part(folded(named(plan) + ": " + PlanLines.changes(plan), body.toString()), 1);
  }

  private static Part unchanged(List<FunctionPlan> plans) {
    List<String> lines = new ArrayList<>();
    for (FunctionPlan plan : plans) {
      List<String> remarks = new ArrayList<>();
      remarks(plan, remarks);
      remarks.forEach(remark -> lines.add(PlanLines.resource(plan) + " " + remark.strip()));
    }
    String summary = "Remarks on " + Counted.of(plans.size(), "unchanged function");
    return new Part(folded(summary, fenced("text", lines)), plans.size());
  }

  /** A change as a line of a diff: GitHub colours lines that begin with +, - and !. */
  private static String marked(FieldChange change) {
    char mark = PlanLines.mark(change);
    return (mark == '~' ? '!' : mark) + " " + PlanLines.change(change);
  }

  private static void remarks(FunctionPlan plan, List<String> lines) {
    plan.drift().forEach(change -> lines.add("  " + PlanLines.change(change) + " (left as it is)"));
    plan.notCompared().forEach(value -> lines.add("  " + PlanLines.notCompared(value)));
    plan.notes().forEach(note -> lines.add("  " + PlanLines.note(note)));
  }

  private static String named(FunctionPlan plan) {
    return code(PlanLines.resource(plan)) + " (" + code(PlanLines.place(plan)) + ")";
  }

  private static String folded(String summary, String body) {
    return "<details><summary>" + summary + "</summary>\n\n" + body + "</details>\n\n";
  }

  /** A block that no line in it can close: its fence is longer than any row of backticks. */
  private static String fenced(String language, List<String> lines) {
    StringBuilder text = new StringBuilder();
    lines.stream().limit(MOST_LINES).forEach(line -> text.append(shortened(line)).append('\n'));
    if (lines.size() > MOST_LINES) {
      text.append("and ").append(lines.size() - MOST_LINES).append(" more lines\n");
    }
    String fence = "`".repeat(Math.max(3, longestRow(text) + 1));
    return fence + language + "\n" + text + fence + "\n\n";
  }

  private static String shortened(String line) {
    return line.startsWith("{") ? line : WholeText.shortened(line, LONGEST_LINE);
  }

  private static int longestRow(CharSequence text) {
    int longest = 0;
    int row = 0;
    for (int i = 0; i < text.length(); i++) {
      row = text.charAt(i) == '`' ? row + 1 : 0;
      longest = Math.max(longest, row);
    }
    return longest;
  }

  /** A text as HTML code, in which Markdown, mentions and references mean nothing. */
  private static String code(String text) {
    return "<code>"
        + text.replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;")
            .replace("\"", "&quot;")
        + "</code>";
  }
}
