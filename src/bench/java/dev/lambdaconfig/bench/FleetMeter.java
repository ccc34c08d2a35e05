package dev.lambdaconfig.bench;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Measures what the operator of a fleet, AWS and the API server do while something happens. */
final class FleetMeter {

  /** Events are sent behind the work; when none came for so long the last one was sent. */
  private static final Duration QUIET = Duration.ofMillis(500);

  private static final int LONGEST_QUIET = 60;

  /** Notes of what happens, and what of it took how long. */
  static final class Findings {

    private final Map<String, Duration> times = new LinkedHashMap<>();
    private final Map<String, Double> figures = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();
    private @Nullable StateComparison states;

    /** Records how long something took. */
    void took(String what, Duration time) {
      times.put(what, time);
    }

    /** Records a figure. */
    void figure(Figure what, double value) {
      figures.put(what.text(), value);
    }

    /** Adds a line for people. */
    void note(String line) {
      notes.add(line);
    }

    /** Records what the operator held before and after. */
    void states(StateComparison both) {
      states = both;
    }
  }

  /** What happens. */
  @FunctionalInterface
  interface Work {
    void run(Findings findings) throws IOException, InterruptedException;
  }

  private final Fleet fleet;

  FleetMeter(Fleet fleet) {
    this.fleet = fleet;
  }

  /** Measures one scenario. */
  Measurement measure(Scenario scenario, String title, Work work)
      throws IOException, InterruptedException {
    Findings findings = new Findings();
    ProcessHandle process = fleet.runs().process();
    Duration cpuBefore = Duration.ZERO;
    if (process != null && process.isAlive()) {
      ProcessUsage.forgetPeak(process);
      cpuBefore = ProcessUsage.of(process).cpu();
    }
    ApiRequests apiBefore = fleet.client().requestsOfOthers();
    fleet.aws().forget();
    Instant start = Instant.now();
    String problem = "";
    Progress progress = new Progress(title, fleet::progress);
    try (MemoryTrace trace = new MemoryTrace(fleet.runs()::process)) {
      try {
        work.run(findings);
      } catch (BenchmarkFailed e) {
        problem = String.valueOf(e.getMessage());
      }
      Duration wall = Duration.between(start, Instant.now());
      ProcessHandle after = fleet.operator().handle();
      boolean same = after.equals(process);
      Duration told = ProcessUsage.of(after).cpu().minus(same ? cpuBefore : Duration.ZERO);
      AwsCalls calls = fleet.aws().calls();
      ApiRequests api = quiet().minus(apiBefore);
      ProcessUsage used = ProcessUsage.of(after);
      boolean burst = scenario == Scenario.CHANGE && problem.isEmpty();
      boolean changesAll = scenario == Scenario.CONVERGE || scenario == Scenario.CHANGE;
      long ownPeak = trace.anonymousPeak();
      return new Measurement(
          fleet.setting(),
          fleet.candidate(),
          scenario,
          title,
          problem,
          wall,
          findings.times,
          findings.figures,
          findings.notes,
          calls,
          fleet.countsRequests() ? api : api.none(),
          new Measurement.Cost(
              used.with(used.cpu().minus(same ? cpuBefore : Duration.ZERO), ownPeak),
              told,
              changesAll ? fleet.names().size() : 0,
              burst ? rest() : null,
              burst ? trace.samples() : List.of()),
          findings.states);
    } finally {
      progress.close();
    }
  }

  private ProcessUsage rest() throws InterruptedException {
    fleet.operator().live(fleet.options().rest());
    return ProcessUsage.of(fleet.operator().handle());
  }

  /** The requests of others, once their events have all been sent. */
  private ApiRequests quiet() throws InterruptedException {
    ApiRequests now = fleet.client().requestsOfOthers();
    for (int look = 0; look < LONGEST_QUIET; look++) {
      long events = now.eventWrites();
      fleet.operator().live(QUIET);
      now = fleet.client().requestsOfOthers();
      if (now.eventWrites() == events) {
        break;
      }
    }
    return now;
  }
}
