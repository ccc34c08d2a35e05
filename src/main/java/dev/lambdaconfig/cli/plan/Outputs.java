package dev.lambdaconfig.cli.plan;

import dev.lambdaconfig.cli.format.SafeText;
import dev.lambdaconfig.cli.plan.output.MarkdownRenderer;
import dev.lambdaconfig.cli.plan.report.PlanReport;
import dev.lambdaconfig.cli.stream.ReportFile;
import dev.lambdaconfig.cli.stream.WriteProblem;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes a plan in the formats that were asked for. */
final class Outputs {

  /** The file in which GitHub Actions takes the summary of a step. */
  private static final String STEP_SUMMARY = "GITHUB_STEP_SUMMARY";

  private static final String WORKSPACE = "GITHUB_WORKSPACE";

  private final Map<String, String> environment;
  private final StandardStreams streams;
  private final boolean coloured;

  Outputs(Map<String, String> environment, StandardStreams streams, boolean coloured) {
    this.environment = environment;
    this.streams = streams;
    this.coloured = coloured;
  }

  /** Writes all outputs that can be written, and returns what is wrong with the others. */
  List<String> write(PlanReport report, List<OutputTarget> targets, boolean failsOnDrift) {
    List<String> problems = new ArrayList<>();
    OutputTarget.RunFacts facts =
        new OutputTarget.RunFacts(coloured, failsOnDrift, environment.getOrDefault(WORKSPACE, ""));
    for (OutputTarget target : targets) {
      String text = target.renderer(facts).render(report);
      String file = target.file();
      if (file == null) {
        streams.print(text);
      } else {
        write(target.option(), file, written -> written.replace(text), problems);
      }
      if (target.format() == OutputTarget.Format.GITHUB) {
        summarize(report, problems);
      }
    }
    return problems;
  }

  private void summarize(PlanReport report, List<String> problems) {
    String file = environment.getOrDefault(STEP_SUMMARY, "");
    if (!file.isBlank()) {
      String text = new MarkdownRenderer().render(report);
      write(STEP_SUMMARY, file, written -> written.append(text), problems);
    }
  }

  private static void write(String setting, String file, Writing writing, List<String> problems) {
    String problem;
    try {
      writing.to(new ReportFile(Path.of(file)));
      return;
    } catch (InvalidPathException e) {
      problem = "this is no path";
    } catch (IOException e) {
      problem = WriteProblem.of(e);
    }
    problems.add(SafeText.of("%s: %s cannot be written: %s".formatted(setting, file, problem)));
  }

  private interface Writing {
    void to(ReportFile file) throws IOException;
  }
}
