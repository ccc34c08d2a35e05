package dev.lambdaconfig.bench;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Whether an operator holds after a long churn what it held before. */
final class ChurnScenario {

  /** The churn after which the state counts as that before it: each path was taken once. */
  private static final Duration WARM_UP = Duration.ofSeconds(20);

  /** The time for which the operator keeps what somebody may come back for. */
  private static final Duration LINGER = Duration.ofSeconds(40);

  private final Fleet fleet;
  private final Churn churn;
  private int declared;

  private ChurnScenario(Fleet fleet, Churn churn, int declared) {
    this.fleet = fleet;
    this.churn = churn;
    this.declared = declared;
  }

  /**
   * Measures a fleet that is in sync, with another operator than it has now.
   *
   * @param declared the timeout of all resources
   */
  static Measurement measure(Fleet fleet, int declared) throws IOException, InterruptedException {
    if (!Churn.fits(fleet.setting())) {
      throw new BenchmarkFailed("churn needs more functions: write -Dbench.n=1000");
    }
    var unusedTime = fleet.operator().terminate();
    try (EndpointGate endpoint = new EndpointGate(fleet.aws().endpoint())) {
      var unused = fleet.runs().start("--debug-port=0", endpoint.address()).awaitRunning();
      return new ChurnScenario(fleet, new Churn(fleet, endpoint), declared).measure();
    }
  }

  private Measurement measure() throws IOException, InterruptedException {
    churn.run(WARM_UP, ++declared);
    settle();
    fleet.operator().live(LINGER);
    DebugState before = DebugState.of(fleet.operator());
    Duration time = fleet.options().churn();
    return new FleetMeter(fleet)
        .measure(
            Scenario.CHURN,
            Scenario.CHURN.title() + ", " + Words.seconds(time),
            findings -> {
              churn.run(time, ++declared);
              Instant end = Instant.now();
              settle();
              findings.took("all ready", Duration.between(end, Instant.now()));
              findings.note(churn.text());
              if (fleet.hasOwnApiServer()) {
                findings.note("no requests to the API server, whose counters start anew with it");
              }
              fleet.operator().live(LINGER);
              compare(before, findings);
            });
  }

  /** Waits until all resources are ready, and all functions what they say. */
  private void settle() throws IOException, InterruptedException {
    Instant end = Instant.now().plus(fleet.setting().patience());
    while (!fleet.client().watch().areReady(fleet.names())
        || fleet.aws().withTimeout(declared) != fleet.names().size()) {
      fleet.operator().live(Duration.ofMillis(500));
      if (Instant.now().isAfter(end)) {
        throw new BenchmarkFailed("not all resources are ready");
      }
    }
  }

  private void compare(DebugState before, FleetMeter.Findings findings)
      throws IOException, InterruptedException {
    int resources = fleet.names().size();
    Instant end = Instant.now().plus(LINGER);
    DebugState now = DebugState.of(fleet.operator());
    while (!now.moreThan(before, resources).isEmpty() && Instant.now().isBefore(end)) {
      fleet.operator().live(Duration.ofSeconds(1));
      now = DebugState.of(fleet.operator());
    }
    findings.states(new StateComparison(before, now));
    findings.note("before: " + before.text());
    findings.note("after: " + now.text());
    List<String> more = now.moreThan(before, resources);
    if (!more.isEmpty()) {
      throw new BenchmarkFailed("more than before: " + String.join(", ", more));
    }
  }
}
