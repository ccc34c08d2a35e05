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
    Duration sweep = fleet.sweep();
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
    if (fleet.candidate().isPackaged() && !fleet.setting().estate().equals(Estate.HOME)) {
      // Afterwards, because the collection costs what is measured.
      LiveHeap.of(fleet.operator().handle())
          .ifPresent(bytes -> measurement.figures().put(Figure.LIVE_HEAP.text(), (double) bytes));
    }
    results.measured(measurement);
    return measurement.isComplete();
  }

  private static void page(MetricsPage page, Findings findings) {
    findings.note(page.summary());
    findings.figure(Figure.LONGEST_SWEEP, page.longestSweep());
    findings.figure(Figure.SWEEP_INTERVAL, page.sweepInterval());
    findings.figure(Figure.METRICS_PAGE, page.bytes());
    findings.figure(Figure.LISTED, (double) page.listed());
    findings.figure(Figure.OLDEST_ROUND, page.oldestRound());
  }

  /** Functions are read again and again, if no list shows them. */
  private void reads(Duration time, Findings findings) throws IOException, InterruptedException {
    AwsCalls calls = fleet.aws().calls();
    long reads =
        calls.of("GetFunction").requests() + calls.of("GetFunctionConfiguration").requests();
    int unlisted = fleet.setting().unlisted();
    if (unlisted > 0 && reads > 0) {
      double between = time.toMillis() / 1e3 * unlisted / reads;
      findings.figure(Figure.BETWEEN_READS, between);
      findings.note(
          "%,d functions that no list shows read every %.0f s".formatted(unlisted, between));
    }
  }
}
