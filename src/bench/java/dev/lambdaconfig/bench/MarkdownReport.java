package dev.lambdaconfig.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Results for people. */
final class MarkdownReport {

  private MarkdownReport() {}

  /**
   * Writes all results.
   *
   * @param charts by what they show, the names of the files
   */
  static String of(
      Report.Subject subject,
      String apiServer,
      List<PlanCost> plans,
      List<Measurement> measurements,
      Map<String, String> charts) {
    StringBuilder text = new StringBuilder();
    text.append("# Benchmarks of ").append(subject.date()).append("\n\n");
    text.append("Written by the command; [README.md](README.md) tells how to read it.\n\n");
    text.append("```\n").append(subject.command()).append("\n```\n\n");
    text.append("- commit: ").append(subject.machine().commit()).append('\n');
    text.append("- machine: ").append(subject.machine().text()).append('\n');
    text.append("- API server: ").append(apiServer).append('\n');
    text.append("- operator's JVM: as shipped");
    text.append(subject.jvm().isEmpty() ? "" : ", and `" + subject.jvm() + '`').append('\n');
    charts.forEach(
        (what, file) -> text.append("\n![").append(what).append("](").append(file).append(")\n"));
    text.append(SideBySide.of(subject, measurements));
    text.append(EstateLimits.of(measurements));
    Map<String, List<Measurement>> fleets = new LinkedHashMap<>();
    for (Measurement measurement : measurements) {
      fleets.computeIfAbsent(title(measurement), any -> new ArrayList<>()).add(measurement);
    }
    fleets.forEach((title, own) -> fleet(text, title, own));
    if (!plans.isEmpty()) {
      text.append("\n## Planning one function\n\n");
      table(text, Words.planHeadings(), plans.stream().map(Words::cells).toList());
    }
    return text.toString();
  }

  private static String title(Measurement measurement) {
    String setting = measurement.setting().title();
    return measurement.isOurs() ? setting : setting + ": " + measurement.candidate().name();
  }

  private static void fleet(StringBuilder text, String title, List<Measurement> own) {
    text.append("\n## ").append(title).append("\n\n");
    table(text, Words.headings(), own.stream().map(Words::cells).toList());
    own.stream()
        .filter(measurement -> !measurement.isComplete())
        .forEach(
            measurement ->
                text.append("\nNot reached: ")
                    .append(measurement.title())
                    .append(": ")
                    .append(measurement.problem().lines().findFirst().orElse(""))
                    .append('\n'));
    own.forEach(
        measurement -> {
          StateComparison states = measurement.states();
          if (states != null) {
            states(text, measurement.title(), states);
          }
        });
  }

  private static void states(StringBuilder text, String title, StateComparison states) {
    text.append("\n### What the operator held: ").append(title).append("\n\n");
    List<List<String>> rows = new ArrayList<>();
    DebugState before = states.before();
    DebugState after = states.after();
    rows.add(
        List.of(
            "resident memory", Words.megabytes(before.memory()), Words.megabytes(after.memory())));
    rows.add(List.of("threads", Words.count(before.threads()), Words.count(after.threads())));
    rows.add(
        List.of(
            "open descriptors",
            Words.count(before.descriptors()),
            Words.count(after.descriptors())));
    TreeSet<String> names = new TreeSet<>(before.sizes().keySet());
    names.addAll(after.sizes().keySet());
    for (String name : names) {
      rows.add(
          List.of(
              "`" + name + "`",
              Words.count(before.sizes().getOrDefault(name, 0L)),
              Words.count(after.sizes().getOrDefault(name, 0L))));
    }
    table(text, List.of("", "before", "after"), rows);
  }

  /** Appends a table. */
  static void table(StringBuilder text, List<String> headings, List<List<String>> rows) {
    row(text, headings);
    row(text, headings.stream().map(any -> "---").toList());
    rows.forEach(cells -> row(text, cells));
  }

  private static void row(StringBuilder text, List<String> cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }
}
