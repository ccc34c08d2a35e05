package dev.lambdaconfig.cli.plan;

import dev.lambdaconfig.cli.plan.output.MarkdownRenderer;
import dev.lambdaconfig.cli.plan.report.PlanReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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

  void write(PlanReport report, List<OutputTarget> targets, boolean failsOnDrift)
      throws IOException {
    OutputTarget.RunFacts facts =
        new OutputTarget.RunFacts(coloured, failsOnDrift, environment.getOrDefault(WORKSPACE, ""));
    for (OutputTarget target : targets) {
      String text = target.renderer(facts).render(report);
      String file = target.file();
      if (file == null) {
        streams.print(text);
      } else {
        Files.writeString(Path.of(file), text);
      }
      if (target.format() == OutputTarget.Format.GITHUB) {
        summarize(report);
      }
    }
  }

  private void summarize(PlanReport report) throws IOException {
    String file = environment.getOrDefault(STEP_SUMMARY, "");
    if (!file.isBlank()) {
      Files.writeString(
          Path.of(file),
          new MarkdownRenderer().render(report),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    }
  }
}
