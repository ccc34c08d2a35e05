package dev.lambdaconfig.bench;

import dev.lambdaconfig.bench.FleetMeter.Findings;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** One in a hundred functions that somebody else changes, all at once. */
final class Drift {

  /** The timeout that somebody sets, in seconds. */
  private static final int DRIFTED = 7;

  private static final int FEWEST = 5;

  /** Without a factor in common with the usual numbers of accounts and Regions. */
  private static final int STRIDE = 7;

  private final Fleet fleet;
  private final FleetScenarios.Results results;
  private final List<String> drifting;

  Drift(Fleet fleet, FleetScenarios.Results results) {
    this.fleet = fleet;
    this.results = results;
    int all = fleet.names().size();
    int count = Math.min(all, Math.max(FEWEST, all / 100));
    // Spread over the list, as a sweep reads it, and over accounts and Regions, which are dealt out
    // in turn: each is a little further on within its part of the list.
    int step = all / count;
    this.drifting =
        IntStream.range(0, count)
            .mapToObj(number -> fleet.names().get(number * step + number * STRIDE % step))
            .toList();
  }

  /** Returns whether all functions have the declared timeout again. */
  boolean measure(int declared) throws IOException, InterruptedException {
    Measurement measurement =
        new FleetMeter(fleet)
            .measure(
                Scenario.DRIFT,
                Scenario.DRIFT.title() + ", " + drifting.size() + " functions",
                findings -> {
                  if (fleet.candidate().isPackaged()) {
                    noticed(findings);
                  } else {
                    putBack(declared, findings);
                  }
                  fleet.requireTimeout(declared);
                });
    results.measured(measurement);
    return measurement.isComplete();
  }

  private void noticed(Findings findings) throws IOException, InterruptedException {
    FleetWatch watch = fleet.client().watch();
    Goal noticed = watch.goal(drifting, seen -> !seen.isReady());
    Goal back = watch.goal(drifting, seen -> seen.isReady() && noticed.isReachedBy(seen.name()));
    Map<String, Instant> drifted = change();
    fleet.await(back);
    watch.forget(noticed);
    watch.forget(back);
    put(findings, "noticed", noticed.times(drifted));
    put(findings, "put back", back.times(drifted));
  }

  /** Another operator may not report a drift. */
  private void putBack(int declared, Findings findings) throws IOException, InterruptedException {
    Instant began = Instant.now();
    var unused = change();
    findings.took("put back, longest", Duration.between(began, fleet.awaitTimeout(declared)));
  }

  private Map<String, Instant> change() throws IOException, InterruptedException {
    Map<String, Instant> drifted = new HashMap<>();
    for (String name : drifting) {
      drifted.put(name, Instant.now());
      fleet.aws().change(fleet.function(name), "{\"Timeout\": " + DRIFTED + "}");
    }
    return drifted;
  }

  private static void put(Findings findings, String what, List<Duration> sorted) {
    findings.took(what + ", median", sorted.get(sorted.size() / 2));
    findings.took(what + ", longest", sorted.getLast());
  }
}
