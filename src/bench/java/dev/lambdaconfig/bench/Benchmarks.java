package dev.lambdaconfig.bench;

import dev.lambdaconfig.cluster.ApiServer;
import dev.lambdaconfig.cluster.Location;
import dev.lambdaconfig.cluster.NoApiServer;
import dev.lambdaconfig.cluster.Source;
import dev.lambdaconfig.cluster.Speed;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@code mvn -q -Pbench}; see docs/benchmarks/README.md. Ends with exit code 0 only if every
 * scenario got to where it should.
 */
public final class Benchmarks {

  private final BenchOptions options;
  private final PrintStream out;

  private Benchmarks(BenchOptions options, PrintStream out) {
    this.options = options;
    this.out = out;
  }

  /**
   * Runs the benchmarks and ends the process.
   *
   * @param arguments as {@link BenchOptions} reads them
   */
  public static void main(String[] arguments) throws Exception {
    BenchProcess.end(out -> run(out, arguments));
  }

  /** Runs the benchmarks; returns the exit code. */
  public static int run(PrintStream out, String... arguments) throws Exception {
    try {
      return new Benchmarks(BenchOptions.parse(arguments), out).run() ? 0 : 1;
    } catch (IllegalArgumentException e) {
      out.println(e.getMessage());
    } catch (BenchmarkFailed | NoApiServer e) {
      out.println("FAILED: " + e.getMessage());
    }
    return 1;
  }

  private boolean run() throws Exception {
    Location location = ApiServer.locate(Speed.MINUTES);
    Source source =
        location
            .source()
            .orElseThrow(
                () -> new BenchmarkFailed("No Kubernetes API server. " + location.explanation()));
    Machine machine = Machine.here(options.basedir());
    List<Candidate> candidates = candidates(machine.commit());
    Report report = new Report(subject(machine), folder());
    out.println(machine.text());
    try {
      measure(candidates, source, report);
    } finally {
      // Also what was measured before something failed, or before a signal.
      out.print(report.summary());
      out.println("\nwritten: " + report.file("md") + " and what is beside it");
    }
    return report.isComplete();
  }

  private void measure(List<Candidate> candidates, Source source, Report report) throws Exception {
    if (options.asked().contains(Scenario.PLAN)) {
      out.println("\n" + Scenario.PLAN.title());
      List<PlanCost> costs = PlanCost.measure();
      ConsoleTable.print(out, Words.planHeadings(), costs.stream().map(Words::cells).toList());
      report.add(costs);
    }
    if (options.wantsFleets()) {
      for (Setting setting : options.settings()) {
        for (Candidate candidate : candidates) {
          run(setting, candidate, FleetScenarios::run, source, report);
        }
      }
    }
    if (options.asked().contains(Scenario.ESTATE)) {
      run(options.estate(), candidates.getLast(), FleetScenarios::runEstate, source, report);
    }
    runValues(candidates.getLast(), source, report);
  }

  private Report.Subject subject(Machine machine) {
    LocalDate date = Report.today();
    return new Report.Subject(
        date,
        options.label().isEmpty() ? date.toString() : date + "-" + options.label(),
        machine,
        command(),
        String.join(" ", options.jvm()));
  }

  private void runValues(Candidate candidate, Source source, Report report)
      throws IOException, InterruptedException {
    if (options.asked().contains(Scenario.SECRETS)) {
      run(ValueScenarios.BESIDE_OTHERS, candidate, ValueScenarios::runSecrets, source, report);
    }
    if (options.asked().contains(Scenario.ROTATION)) {
      run(ValueScenarios.SHARING, candidate, ValueScenarios::runRotation, source, report);
    }
  }

  /** The operators to measure; the packaged one is the last. */
  private List<Candidate> candidates(String commit) throws IOException, InterruptedException {
    return Stream.of(
            Candidate.other(options),
            Candidate.before(options),
            Candidate.ours(options, "commit " + commit))
        .filter(candidate -> candidate != null)
        .toList();
  }

  /** The scenarios of one fleet. */
  @FunctionalInterface
  private interface Scenarios {
    void run(
        Setting setting,
        Candidate candidate,
        BenchOptions options,
        Source source,
        FleetScenarios.Results results)
        throws IOException, InterruptedException;
  }

  private void run(
      Setting setting, Candidate candidate, Scenarios scenarios, Source source, Report report)
      throws IOException, InterruptedException {
    out.println("\n" + setting.title() + ": " + candidate.name());
    Instant start = Instant.now();
    scenarios.run(setting, candidate, options, source, new Telling(report));
    out.println("  (" + Words.seconds(Duration.between(start, Instant.now())) + ")");
  }

  private final class Telling implements FleetScenarios.Results {

    private final Report report;

    private Telling(Report report) {
      this.report = report;
    }

    @Override
    public void apiServer(String description) {
      report.apiServer(description);
    }

    @Override
    public void measured(Measurement measurement) throws IOException {
      List<String> cells = Words.cells(measurement);
      out.println("  " + cells.getFirst());
      for (int index = 1; index < cells.size(); index++) {
        out.printf("    %-27s %s%n", Words.headings().get(index), cells.get(index));
      }
      if (!measurement.isComplete()) {
        out.println("    " + measurement.problem());
      }
      report.add(measurement);
    }
  }

  private Path folder() {
    return options.save() ? options.basedir().resolve("docs/benchmarks") : options.results();
  }

  /** The command that comes to the same. */
  private String command() {
    return "mvn -q -Pbench" + options.asProperties();
  }
}
