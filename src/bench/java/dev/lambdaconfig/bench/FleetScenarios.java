package dev.lambdaconfig.bench;

import dev.lambdaconfig.bench.FleetMeter.Findings;
import dev.lambdaconfig.cluster.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One fleet through its scenarios, each of which begins where the one before ended. */
final class FleetScenarios {

  /** In seconds: what functions have at first, and what resources say then. */
  private static final int DEPLOYED = 3;

  private static final int DECLARED = 30;
  private static final int CHANGED = 31;

  private final Fleet fleet;
  private final FleetMeter meter;
  private final Results results;
  private int declared = DECLARED;

  /** The receiver of what was measured. */
  interface Results {
    void apiServer(String description);

    void measured(Measurement measurement) throws IOException;
  }

  private FleetScenarios(Fleet fleet, Results results) {
    this.fleet = fleet;
    this.meter = new FleetMeter(fleet);
    this.results = results;
  }

  /**
   * Measures what is asked for; ends early where the fleet did not get to a state to go on from.
   */
  static void run(
      Setting setting, Candidate candidate, BenchOptions options, Source source, Results results)
      throws IOException, InterruptedException {
    boolean converge = wants(Scenario.CONVERGE, setting, candidate, options);
    try (Fleet fleet =
        new Fleet(setting, candidate, options, source, converge ? DEPLOYED : DECLARED)) {
      results.apiServer(fleet.apiServer());
      var unused = fleet.runs().start().awaitRunning();
      FleetScenarios scenarios = new FleetScenarios(fleet, results);
      boolean goOn = scenarios.create(converge ? Scenario.CONVERGE : Scenario.ADOPT);
      if (goOn && wants(Scenario.CHANGE, setting, candidate, options)) {
        goOn = scenarios.change();
      }
      if (goOn && wants(Scenario.STEADY, setting, candidate, options)) {
        goOn = new SteadyState(fleet, results).measure();
      }
      if (goOn && wants(Scenario.DRIFT, setting, candidate, options)) {
        goOn = new Drift(fleet, results).measure(scenarios.declared);
      }
      if (goOn && wants(Scenario.RESTART, setting, candidate, options)) {
        goOn = scenarios.restarts();
      }
      if (goOn && wants(Scenario.CHURN, setting, candidate, options)) {
        results.measured(ChurnScenario.measure(fleet, scenarios.declared));
      }
    }
  }

  private static boolean wants(
      Scenario scenario, Setting setting, Candidate candidate, BenchOptions options) {
    return options.wants(scenario, setting) && candidate.takesPartIn(scenario);
  }

  /** Measures a large fleet in sync, in many accounts and Regions. */
  static void runEstate(
      Setting setting, Candidate candidate, BenchOptions options, Source source, Results results)
      throws IOException, InterruptedException {
    try (Fleet fleet = new Fleet(setting, candidate, options, source, DECLARED)) {
      results.apiServer(fleet.apiServer());
      var unused = fleet.runs().start().awaitRunning();
      FleetScenarios scenarios = new FleetScenarios(fleet, results);
      if (scenarios.create(Scenario.ADOPT)
          && new SteadyState(fleet, results).measure()
          && new Drift(fleet, results).measure(DECLARED)) {
        scenarios.restart("SIGTERM", true);
      }
    }
  }

  private boolean measure(Scenario scenario, @Nullable String variant, FleetMeter.Work work)
      throws IOException, InterruptedException {
    String title = scenario.title() + (variant == null ? "" : ", " + variant);
    Measurement measurement = meter.measure(scenario, title, work);
    results.measured(measurement);
    return measurement.isComplete();
  }

  private boolean create(Scenario scenario) throws IOException, InterruptedException {
    Duration updateTime =
        scenario == Scenario.CONVERGE ? SimulatorProcess.UPDATE_TIME : Duration.ZERO;
    return measure(
        scenario,
        null,
        findings -> {
          Goal ready = fleet.client().watch().goal(fleet.names(), Seen::isReady);
          Instant start = Instant.now();
          fleet.client().create(fleet.names(), name -> fleet.manifest(name, DECLARED));
          finish(ready, start, Instant.now(), updateTime, findings);
          int bytes = fleet.client().bytesOf(fleet.names().getFirst());
          findings.figure(Figure.RESOURCE, bytes);
        });
  }

  private boolean change() throws IOException, InterruptedException {
    return measure(
        Scenario.CHANGE,
        null,
        findings -> {
          Goal ready = fleet.readyForMore(fleet.names());
          declared = CHANGED;
          Instant start = Instant.now();
          fleet.patch(fleet.names(), declared);
          finish(ready, start, Instant.now(), SimulatorProcess.UPDATE_TIME, findings);
        });
  }

  private void finish(
      Goal ready, Instant start, Instant sent, Duration updateTime, Findings findings)
      throws IOException, InterruptedException {
    fleet.await(ready);
    fleet.client().watch().forget(ready);
    Instant last = ready.last();
    if (!fleet.candidate().mapping().settled().namesGeneration()) {
      // Its status may have spoken of the spec before.
      Instant there = fleet.awaitTimeout(declared).plus(updateTime);
      fleet.operator().live(Duration.between(Instant.now(), there));
      last = there.isAfter(last) ? there : last;
    }
    findings.took("all ready", Duration.between(start, last));
    findings.took("since the last write", Duration.between(sent, last));
    fleet.requireTimeout(declared);
  }

  private boolean restarts() throws IOException, InterruptedException {
    if (restart("SIGTERM", true)
        && restart("kill -9", false)
        && restartWithChange("1 spec changed meanwhile", fleet.runs()::start)) {
      if (!fleet.candidate().isPackaged()) {
        return true;
      }
      Path cache = fleet.runs().trainCache(fleet.temporaryFolder());
      return restartWithChange("the same with an AOT cache", () -> fleet.runs().start(cache));
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
        findings -> {
          if (gently) {
            findings.took("to the end", stop);
          }
          OperatorProcess operator = fleet.runs().start();
          findings.took("to running", operator.awaitRunning());
          if (fleet.candidate().isPackaged()) {
            awaitFirstSweeps(operator, findings);
          }
          Duration watched = fleet.setting().restarted(fleet.options().interval(fleet.setting()));
          findings.took("then watched for", watched);
          operator.live(watched);
          Instant first = fleet.aws().calls().first();
          if (first != null) {
            findings.took("to the first call", Duration.between(operator.started(), first));
          }
        });
  }

  /** Waits for the first round of each account and Region, unless nothing is listed. */
  private void awaitFirstSweeps(OperatorProcess operator, Findings findings)
      throws IOException, InterruptedException {
    Duration most =
        fleet.setting().estate().equals(Estate.HOME) ? fleet.sweep() : fleet.setting().patience();
    Instant end = Instant.now().plus(most);
    while (Instant.now().isBefore(end)) {
      MetricsPage page = MetricsPage.of(operator);
      if (page.listed() >= fleet.setting().listed()) {
        findings.took("to the first sweeps", Duration.between(operator.started(), Instant.now()));
        findings.figure(Figure.ROUNDS, (double) page.rounds());
        return;
      }
      operator.live(Duration.ofMillis(250));
    }
    findings.note("not all were swept within " + Words.seconds(most));
  }

  /** What changed meanwhile shows when the first pass of a resource is through. */
  private boolean restartWithChange(String how, Start start)
      throws IOException, InterruptedException {
    var unused = stop(true);
    List<String> last = List.of(fleet.names().getLast());
    return measure(
        Scenario.RESTART,
        how,
        findings -> {
          Goal ready = fleet.readyForMore(last);
          declared++;
          fleet.patch(last, declared);
          OperatorProcess operator = start.start();
          findings.took("to running", operator.awaitRunning());
          fleet.await(ready);
          fleet.client().watch().forget(ready);
          if (fleet.aws().withTimeout(declared) == 0 && !fleet.candidate().isPackaged()) {
            findings.note("told before its update");
            while (fleet.aws().withTimeout(declared) == 0) {
              operator.live(Duration.ofMillis(50));
            }
          }
          Instant update = fleet.aws().calls().of("UpdateFunctionConfiguration").first();
          if (update == null) {
            throw new BenchmarkFailed("ready without an update");
          }
          findings.took("to its update", Duration.between(operator.started(), update));
          findings.took("to ready", Duration.between(operator.started(), ready.last()));
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
