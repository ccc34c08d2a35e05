package dev.lambdaconfig.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All that was measured so far, and where it is written. */
final class Report {

  /**
   * What results are about.
   *
   * @param name the name of their files, without what follows the dot
   */
  record Subject(LocalDate date, String name, Machine machine, String command, String jvm) {}

  private static final String MEMORY = "-memory.svg";

  private final Subject subject;
  private final Path folder;
  private String apiServer = "none";
  private final List<PlanCost> plans = new ArrayList<>();
  private final List<Measurement> measurements = new ArrayList<>();

  Report(Subject subject, Path folder) {
    this.subject = subject;
    this.folder = folder;
  }

  static LocalDate today() {
    return LocalDate.now(ZoneOffset.UTC);
  }

  void add(List<PlanCost> costs) throws IOException {
    plans.addAll(costs);
    write();
  }

  void apiServer(String description) {
    apiServer = description;
  }

  /** Adds it and writes all anew: what comes later may fail. */
  void add(Measurement measurement) throws IOException {
    measurements.add(measurement);
    write();
  }

  boolean isComplete() {
    return measurements.stream().allMatch(Measurement::isComplete);
  }

  /** The tables that compare, for people who wait for the end. */
  String summary() {
    return SideBySide.of(subject, measurements) + EstateLimits.of(measurements);
  }

  private void write() throws IOException {
    Files.createDirectories(folder);
    Files.writeString(file("json"), JsonReport.of(subject, apiServer, plans, measurements));
    Map<String, String> charts = new LinkedHashMap<>();
    Chart chart = Comparison.of(subject, measurements);
    chart(charts, "Compared with the usual operator", ".svg", chart.isEmpty() ? "" : chart.svg());
    chart(charts, "Memory over time", MEMORY, MemoryChart.of(subject, measurements));
    Files.writeString(
        file("md"), MarkdownReport.of(subject, apiServer, plans, measurements, charts));
  }

  private void chart(Map<String, String> charts, String what, String suffix, String svg)
      throws IOException {
    Path file = folder.resolve(subject.name() + suffix);
    if (svg.isEmpty()) {
      // One of another run on the same day.
      Files.deleteIfExists(file);
    } else {
      Files.writeString(file, svg);
      charts.put(what, file.getFileName().toString());
    }
  }

  /** The file with that suffix. */
  Path file(String suffix) {
    return folder.resolve(subject.name() + "." + suffix);
  }
}
