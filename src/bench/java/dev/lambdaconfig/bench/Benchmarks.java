package dev.lambdaconfig.bench;

import dev.lambdaconfig.cluster.ApiServer;
import dev.lambdaconfig.cluster.Location;
import dev.lambdaconfig.cluster.NoApiServer;
import dev.lambdaconfig.cluster.Source;
import dev.lambdaconfig.cluster.Speed;
import dev.lambdaconfig.program.ShutdownSignal;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

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
   * Runs the benchmarks.
   *
   * @param arguments as {@link BenchOptions} reads them
   */
  public static void main(String[] arguments) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    BenchOptions options;
    try {
      options = BenchOptions.parse(arguments);
    } catch (IllegalArgumentException e) {
      out.println(e.getMessage());
      System.exit(1);
      return;
    }
    ShutdownSignal signal = new ShutdownSignal();
    int exitCode = 1;
    try {
      exitCode = new Benchmarks(options, out).run() ? 0 : 1;
    } catch (BenchmarkFailed | NoApiServer e) {
      out.println("FAILED: " + e.getMessage());
    } catch (InterruptedException e) {
      out.println("stopped");
    } finally {
      signal.cleanedUp();
    }
    System.exit(exitCode);
  }

  private boolean run() throws Exception {
    Location location = ApiServer.locate(Speed.MINUTES);
    Source source =
        location
            .source()
            .orElseThrow(
                () -> new BenchmarkFailed("No Kubernetes API server. " + location.explanation()));
    Machine machine = Machine.here(options.basedir());
    Report report =
        new Report(
            new Report.Subject(Report.today(), machine, command(), String.join(" ", options.jvm())),
            folder());
    out.println(machine.text());
    if (options.asked().contains(Scenario.PLAN)) {
      out.println("\n" + Scenario.PLAN.title());
      List<PlanCost> costs = PlanCost.measure();
      ConsoleTable.print(out, Words.planHeadings(), costs.stream().map(Words::cells).toList());
      report.add(costs);
    }
    if (options.wantsFleets()) {
      for (Setting setting : options.settings()) {
        run(setting, FleetScenarios::run, source, report);
      }
    }
    if (options.asked().contains(Scenario.ESTATE)) {
      run(options.estate(), FleetScenarios::runEstate, source, report);
    }
    out.println("\nwritten: " + report.file("md") + " and what is beside it");
    return report.isComplete();
  }

  /** The scenarios of one fleet. */
  @FunctionalInterface
  private interface Scenarios {
    void run(Setting setting, BenchOptions options, Source source, FleetScenarios.Results results)
        throws IOException, InterruptedException;
  }

  private void run(Setting setting, Scenarios scenarios, Source source, Report report)
      throws IOException, InterruptedException {
    out.println("\n" + setting.title());
    Instant start = Instant.now();
    scenarios.run(setting, options, source, new Telling(report));
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
    return options.basedir().resolve(options.save() ? "docs/benchmarks" : "target/benchmarks");
  }

  /** The command that comes to the same. */
  private String command() {
    return "mvn -q -Pbench" + options.asProperties();
  }
}
