package dev.lambdaconfig.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Results for people. */
final class MarkdownReport {

  private MarkdownReport() {}

  static String of(
      Report.Subject subject,
      String apiServer,
      List<PlanCost> plans,
      List<Measurement> measurements,
      @Nullable Path chart) {
    StringBuilder text = new StringBuilder();
    text.append("# Benchmarks of ").append(subject.date()).append("\n\n");
    text.append("Written by the command; [README.md](README.md) tells how to read it.\n\n");
    text.append("```\n").append(subject.command()).append("\n```\n\n");
    text.append("- commit: ").append(subject.machine().commit()).append('\n');
    text.append("- machine: ").append(subject.machine().text()).append('\n');
    text.append("- API server: ").append(apiServer).append('\n');
    text.append("- operator's JVM: as shipped");
    text.append(subject.jvm().isEmpty() ? "" : ", and `" + subject.jvm() + '`').append('\n');
    if (chart != null) {
      text.append("\n![Compared with the usual operator](").append(chart).append(")\n");
    }
    Map<Setting, List<Measurement>> bySetting = new LinkedHashMap<>();
    for (Measurement measurement : measurements) {
      bySetting.computeIfAbsent(measurement.setting(), any -> new ArrayList<>()).add(measurement);
    }
    bySetting.forEach(
        (setting, own) -> {
          text.append("\n## ").append(setting.title()).append("\n\n");
          row(text, Words.headings());
          row(text, Words.headings().stream().map(any -> "---").toList());
          own.forEach(measurement -> row(text, Words.cells(measurement)));
          own.stream()
              .filter(measurement -> !measurement.isComplete())
              .forEach(
                  measurement ->
                      text.append("\nNot reached: ")
                          .append(measurement.title())
                          .append(": ")
                          .append(measurement.problem().lines().findFirst().orElse(""))
                          .append('\n'));
        });
    if (!plans.isEmpty()) {
      text.append("\n## Planning one function\n\n");
      row(text, Words.planHeadings());
      row(text, Words.planHeadings().stream().map(any -> "---").toList());
      plans.forEach(cost -> row(text, Words.cells(cost)));
    }
    return text.toString();
  }

  private static void row(StringBuilder text, List<String> cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }
}
