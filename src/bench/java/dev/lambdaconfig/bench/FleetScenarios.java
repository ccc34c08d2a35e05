package dev.lambdaconfig.bench;

import dev.lambdaconfig.cluster.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One fleet through its scenarios, each of which begins where the one before ended. */
final class FleetScenarios {

  /** In seconds: what functions have at first, and what resources say then. */
  private static final int DEPLOYED = 3;

  private static final int DECLARED = 30;
  private static final int CHANGED = 31;

  /** What somebody sets behind the operator's back. */
  private static final int DRIFTED = 7;

  private static final int SWEEPS = 3;
  private static final int FEWEST_DRIFTS = 5;

  private final Fleet fleet;
  private final Results results;
  private int declared = DECLARED;

  /** Who is told of what was measured. */
  interface Results {
    void apiServer(String description);

    void measured(Measurement measurement) throws IOException;
  }

  private FleetScenarios(Fleet fleet, Results results) {
    this.fleet = fleet;
    this.results = results;
  }

  /**
   * Measures what is asked for; ends early where the fleet did not get to a state to go on from.
   */
  static void run(Setting setting, BenchOptions options, Source source, Results results)
      throws IOException, InterruptedException {
    boolean converge = options.wants(Scenario.CONVERGE, setting);
    try (Fleet fleet = new Fleet(setting, options, source, converge ? DEPLOYED : DECLARED)) {
      results.apiServer(fleet.apiServer());
      var unused = fleet.startOperator().awaitRunning();
      FleetScenarios scenarios = new FleetScenarios(fleet, results);
      boolean goOn = scenarios.create(converge ? Scenario.CONVERGE : Scenario.ADOPT);
      if (goOn && options.wants(Scenario.CHANGE, setting)) {
        goOn = scenarios.change();
      }
      if (goOn && options.wants(Scenario.STEADY, setting)) {
        goOn = scenarios.steady();
      }
      if (goOn && options.wants(Scenario.DRIFT, setting)) {
        goOn = scenarios.drift();
      }
      if (goOn && options.wants(Scenario.RESTART, setting)) {
        goOn = scenarios.restarts();
      }
      if (goOn && options.wants(Scenario.CHURN, setting)) {
        results.measured(ChurnScenario.measure(fleet, scenarios.declared));
      }
    }
  }

  /** Measures a large fleet in sync, in many accounts and Regions. */
  static void runEstate(Setting setting, BenchOptions options, Source source, Results results)
      throws IOException, InterruptedException {
    try (Fleet fleet = new Fleet(setting, options, source, DECLARED)) {
      results.apiServer(fleet.apiServer());
      var unused = fleet.startOperator().awaitRunning();
      FleetScenarios scenarios = new FleetScenarios(fleet, results);
      if (scenarios.create(Scenario.ADOPT) && scenarios.steady() && scenarios.drift()) {
        scenarios.restart("SIGTERM", true);
      }
    }
  }

  private boolean measure(Scenario scenario, @Nullable String variant, Fleet.Work work)
      throws IOException, InterruptedException {
    String title = scenario.title() + (variant == null ? "" : ", " + variant);
    Measurement measurement = fleet.measure(scenario, title, work);
    results.measured(measurement);
    return measurement.isComplete();
  }

  private boolean create(Scenario scenario) throws IOException, InterruptedException {
    return measure(
        scenario,
        null,
        times -> {
          Goal ready = fleet.client().goal(fleet.names(), Seen::isReady);
          Instant start = Instant.now();
          fleet.client().create(fleet.names(), name -> fleet.manifest(name, DECLARED));
          finish(ready, start, Instant.now(), times);
        });
  }

  private boolean change() throws IOException, InterruptedException {
    return measure(
        Scenario.CHANGE,
        null,
        times -> {
          Goal ready = readyForMore(fleet.names());
          declared = CHANGED;
          Instant start = Instant.now();
          fleet.client().patch(fleet.names(), Manifest.timeout(declared));
          finish(ready, start, Instant.now(), times);
        });
  }

  /** Ready for a generation that is not there yet. */
  private Goal readyForMore(List<String> names) {
    Map<String, Long> before = fleet.client().generations();
    return fleet
        .client()
        .goal(
            names,
            seen ->
                seen.isReady()
                    && seen.getMetadata().getGeneration()
                        > before.getOrDefault(seen.getMetadata().getName(), 0L));
  }

  private void finish(Goal ready, Instant start, Instant sent, Map<String, Duration> times)
      throws IOException, InterruptedException {
    fleet.await(ready);
    fleet.client().forget(ready);
    times.put("all ready", Duration.between(start, ready.last()));
    times.put("since the last write", Duration.between(sent, ready.last()));
    fleet.requireTimeout(declared);
  }

  private boolean steady() throws IOException, InterruptedException {
    return measure(
        Scenario.STEADY,
        SWEEPS + " intervals",
        times -> {
          times.put("one interval", sweep());
          fleet.operator().live(sweep().multipliedBy(SWEEPS));
          fleet.note(MetricsPage.of(fleet.operator()).summary());
        });
  }

  private Duration sweep() {
    return fleet.setting().sweep(fleet.options().sweep());
  }

  private boolean drift() throws IOException, InterruptedException {
    int all = fleet.names().size();
    int count = Math.min(all, Math.max(FEWEST_DRIFTS, all / 100));
    // Spread over the list, as a sweep reads it.
    List<String> drifting =
        IntStream.range(0, count)
            .mapToObj(number -> fleet.names().get(number * (all / count)))
            .toList();
    return measure(
        Scenario.DRIFT,
        count + " functions",
        times -> {
          Goal noticed = fleet.client().goal(drifting, seen -> !seen.isReady());
          Goal back =
              fleet
                  .client()
                  .goal(
                      drifting,
                      seen -> seen.isReady() && noticed.isReachedBy(seen.getMetadata().getName()));
          Map<String, Instant> drifted = new HashMap<>();
          for (String name : drifting) {
            drifted.put(name, Instant.now());
            fleet.aws().change(fleet.function(name), "{\"Timeout\": " + DRIFTED + "}");
          }
          fleet.await(back);
          fleet.client().forget(noticed);
          fleet.client().forget(back);
          put(times, "noticed", noticed.times(drifted));
          put(times, "put back", back.times(drifted));
          fleet.requireTimeout(declared);
        });
  }

  private static void put(Map<String, Duration> times, String what, List<Duration> sorted) {
    times.put(what + ", median", sorted.get(sorted.size() / 2));
    times.put(what + ", longest", sorted.getLast());
  }

  private boolean restarts() throws IOException, InterruptedException {
    if (restart("SIGTERM", true)
        && restart("kill -9", false)
        && restartWithChange("1 spec changed meanwhile", fleet::startOperator)) {
      Path cache = fleet.trainCache();
      return restartWithChange("the same with an AOT cache", () -> fleet.startOperator(cache));
    }
    return false;
  }

  /** Starts the operator in one way or another. */
  @FunctionalInterface
  private interface Start {
    OperatorProcess start() throws IOException;
  }

  private boolean restart(String how, boolean gently) throws IOException, InterruptedException {
    Duration stop = stop(gently);
    return measure(
        Scenario.RESTART,
        how,
        times -> {
          if (gently) {
            times.put("to the end", stop);
          }
          OperatorProcess operator = fleet.startOperator();
          times.put("to running", operator.awaitRunning());
          times.put("then watched for", sweep());
          operator.live(sweep());
          Instant first = fleet.aws().calls().first();
          if (first != null) {
            times.put("to the first call", Duration.between(operator.started(), first));
          }
        });
  }

  /** What changed meanwhile shows when the first pass of a resource is through. */
  private boolean restartWithChange(String how, Start start)
      throws IOException, InterruptedException {
    var unused = stop(true);
    List<String> last = List.of(fleet.names().getLast());
    return measure(
        Scenario.RESTART,
        how,
        times -> {
          Goal ready = readyForMore(last);
          declared++;
          fleet.client().patch(last, Manifest.timeout(declared));
          OperatorProcess operator = start.start();
          times.put("to running", operator.awaitRunning());
          fleet.await(ready);
          fleet.client().forget(ready);
          Instant update = fleet.aws().calls().of("UpdateFunctionConfiguration").first();
          if (update == null) {
            throw new BenchmarkFailed("ready without an update");
          }
          times.put("to its update", Duration.between(operator.started(), update));
          times.put("to ready", Duration.between(operator.started(), ready.last()));
        });
  }

  private Duration stop(boolean gently) throws InterruptedException {
    if (gently) {
      return fleet.operator().terminate();
    }
    fleet.operator().close();
    return Duration.ZERO;
  }
}
