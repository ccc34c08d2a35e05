package dev.lambdaconfig.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** The operators of one run beside each other, as Markdown for a README. */
final class SideBySide {

  private static final double MILLIS = 1e6;

  /** What an operator came to with one fleet, by scenario; of several the first. */
  private record Column(Candidate candidate, Map<Scenario, Measurement> scenarios) {

    String of(Scenario scenario, Function<Measurement, String> cell) {
      Measurement measurement = scenarios.get(scenario);
      if (measurement == null) {
        return "-";
      }
      return measurement.isComplete() ? cell.apply(measurement) : "not reached";
    }
  }

  private SideBySide() {}

  /** The tables, one for each fleet that several operators had; empty if there is none. */
  static String of(Report.Subject subject, List<Measurement> measurements) {
    Map<Setting, Map<Candidate, Column>> fleets = new LinkedHashMap<>();
    for (Measurement measurement : measurements) {
      fleets
          .computeIfAbsent(measurement.setting(), any -> new LinkedHashMap<>())
          .computeIfAbsent(measurement.candidate(), each -> new Column(each, new LinkedHashMap<>()))
          .scenarios()
          .putIfAbsent(measurement.scenario(), measurement);
    }
    StringBuilder text = new StringBuilder();
    fleets.forEach(
        (setting, columns) -> {
          if (columns.size() > 1) {
            text.append("\n## Side by side: ").append(setting.title()).append("\n\n");
            text.append(introduction(subject));
            table(text, List.copyOf(columns.values()));
          }
        });
    return text.toString();
  }

  private static String introduction(Report.Subject subject) {
    return String.format(
        Locale.ROOT,
        """
        %s, %s. Each operator had an API server of its own; the simulated AWS answered after %d ms,
        and updates took %.1f s. A change sets one field of all functions at once.

        """,
        subject.date(),
        subject.machine().text(),
        SimulatorProcess.LATENCY.toMillis(),
        SimulatorProcess.UPDATE_TIME.toMillis() / 1e3);
  }

  private static void table(StringBuilder text, List<Column> columns) {
    List<List<String>> rows = new ArrayList<>();
    row(
        rows,
        columns,
        "a change: time until all are settled and told",
        Scenario.CHANGE,
        allReady());
    row(
        rows,
        columns,
        "AWS calls a change",
        Scenario.CHANGE,
        each ->
            String.format(
                Locale.ROOT, "%.1f", (double) each.aws().total() / each.cost().changes()));
    row(
        rows,
        columns,
        "CPU a change, until all are told / with the Events that follow",
        Scenario.CHANGE,
        each ->
            String.format(
                Locale.ROOT,
                "%.1f ms / %.1f ms",
                each.cost().toldPerChange(),
                each.cost().cpuPerChange()));
    row(
        rows,
        columns,
        "resident at the peak of it (anonymous)",
        Scenario.CHANGE,
        each -> Words.memory(each.cost().usage().peak(), each.cost().usage().ownPeak()));
    row(
        rows,
        columns,
        "resident at rest after it (anonymous)",
        Scenario.CHANGE,
        each -> {
          ProcessUsage rest = each.cost().rest();
          return rest == null ? "-" : Words.memory(rest.memory(), rest.own());
        });
    row(rows, columns, "all in sync, taken over", Scenario.ADOPT, allReady());
    row(rows, columns, "all written for the first time", Scenario.CONVERGE, allReady());
    row(
        rows,
        columns,
        "AWS calls a minute at rest",
        Scenario.STEADY,
        each ->
            String.format(
                Locale.ROOT,
                "%.0f",
                each.aws().total() / (each.wall().toNanos() / MILLIS / 60_000)));
    row(rows, columns, "a drift is put right", Scenario.DRIFT, time("put back, longest"));
    row(rows, columns, "restart: until it runs", Scenario.RESTART, time("to running"));
    row(
        rows,
        columns,
        "restart: AWS calls",
        Scenario.RESTART,
        each -> Words.count(each.aws().total()));
    List<String> headings = new ArrayList<>(List.of(""));
    columns.forEach(column -> headings.add(column.candidate().name()));
    MarkdownReport.table(text, headings, rows);
  }

  private static Function<Measurement, String> allReady() {
    return time("all ready");
  }

  private static Function<Measurement, String> time(String what) {
    return each -> {
      Duration time = each.times().get(what);
      return time == null ? "-" : Words.seconds(time);
    };
  }

  /** Adds a row, unless no operator took part in the scenario. */
  private static void row(
      List<List<String>> rows,
      List<Column> columns,
      String what,
      Scenario scenario,
      Function<Measurement, String> cell) {
    if (columns.stream().anyMatch(column -> column.scenarios().containsKey(scenario))) {
      List<String> cells = new ArrayList<>(List.of(what));
      columns.forEach(column -> cells.add(column.of(scenario, cell)));
      rows.add(cells);
    }
  }
}
