package dev.lambdaconfig.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** All that was measured so far, and where it is written. */
final class Report {

  /** What results are about. */
  record Subject(LocalDate date, Machine machine, String command, String jvm) {}

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

  private void write() throws IOException {
    Chart chart = Comparison.of(subject, measurements);
    Files.createDirectories(folder);
    Files.writeString(file("json"), JsonReport.of(subject, apiServer, plans, measurements));
    Files.writeString(
        file("md"),
        MarkdownReport.of(
            subject,
            apiServer,
            plans,
            measurements,
            chart.isEmpty() ? null : file("svg").getFileName()));
    if (chart.isEmpty()) {
      // One of another run on the same day.
      Files.deleteIfExists(file("svg"));
    } else {
      Files.writeString(file("svg"), chart.svg());
    }
  }

  /** The file with that suffix; all have the date as their name. */
  Path file(String suffix) {
    return folder.resolve(subject.date() + "." + suffix);
  }
}
