package dev.lambdaconfig.bench;

import dev.lambdaconfig.bench.FleetMeter.Findings;
import java.io.IOException;
import java.time.Duration;

/** A fleet in sync with which nothing happens. */
final class SteadyState {

  private static final int SWEEPS = 3;

  private final Fleet fleet;
  private final FleetScenarios.Results results;

  SteadyState(Fleet fleet, FleetScenarios.Results results) {
    this.fleet = fleet;
    this.results = results;
  }

  /** Returns whether the fleet can go on. */
  boolean measure() throws IOException, InterruptedException {
    Duration sweep = fleet.setting().sweep(fleet.options().sweep());
    Measurement measurement =
        new FleetMeter(fleet)
            .measure(
                Scenario.STEADY,
                Scenario.STEADY.title() + ", " + SWEEPS + " intervals",
                findings -> {
                  findings.took("one interval", sweep);
                  fleet.operator().live(sweep.multipliedBy(SWEEPS));
                  if (fleet.candidate().isPackaged()) {
                    page(MetricsPage.of(fleet.operator()), findings);
                    reads(sweep.multipliedBy(SWEEPS), findings);
                  }
                });
    results.measured(measurement);
    return measurement.isComplete();
  }

  private static void page(MetricsPage page, Findings findings) {
    findings.note(page.summary());
    findings.figure(Figure.LONGEST_SWEEP, page.longestSweep());
    findings.figure(Figure.SWEEP_INTERVAL, page.sweepInterval());
    findings.figure(Figure.METRICS_PAGE, page.bytes());
  }

  /** The functions of other accounts are read, if no list shows them. */
  private void reads(Duration time, Findings findings) throws IOException, InterruptedException {
    AwsCalls calls = fleet.aws().calls();
    long reads =
        calls.of("GetFunction").requests() + calls.of("GetFunctionConfiguration").requests();
    int foreign = fleet.setting().foreign();
    if (foreign > 0 && reads > 0) {
      double between = time.toMillis() / 1e3 * foreign / reads;
      findings.figure(Figure.BETWEEN_READS, between);
      findings.note(
          "%,d functions that no list shows read every %.0f s".formatted(foreign, between));
    }
  }
}
