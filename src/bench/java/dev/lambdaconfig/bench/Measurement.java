package dev.lambdaconfig.bench;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one scenario came to.
 *
 * @param title the scenario, and which variant of it
 * @param problem what did not come about; empty if all did
 * @param wall how long it was measured
 * @param times what took how long, by what people call it
 * @param figures what else was measured, by {@link Figure#text}
 * @param notes what else there is to say, one line each
 * @param aws calls in that time
 * @param api requests of the operator in that time, and until its last events were sent
 * @param states what the operator held before and after, or null where that was not asked
 */
record Measurement(
    Setting setting,
    Candidate candidate,
    Scenario scenario,
    String title,
    String problem,
    Duration wall,
    Map<String, Duration> times,
    Map<String, Double> figures,
    List<String> notes,
    AwsCalls aws,
    ApiRequests api,
    Cost cost,
    @Nullable StateComparison states) {

  /**
   * What the operator used.
   *
   * @param usage the time on processors in this scenario only, Events included
   * @param told the time on processors until all was told, without the Events that follow
   * @param changes the functions that the scenario changes, 0 where it changes none
   * @param rest the memory {@link BenchOptions#rest} after the scenario, or null
   * @param memory over time, until then; empty where that is not asked
   */
  record Cost(
      ProcessUsage usage,
      Duration told,
      int changes,
      @Nullable ProcessUsage rest,
      List<MemoryTrace.Sample> memory) {

    /** In milliseconds. */
    double cpuPerChange() {
      return usage.cpu().toNanos() / 1e6 / changes;
    }

    /** In milliseconds, without the Events that follow. */
    double toldPerChange() {
      return told.toNanos() / 1e6 / changes;
    }
  }

  Measurement {
    times = new LinkedHashMap<>(times);
    figures = new LinkedHashMap<>(figures);
    notes = List.copyOf(notes);
  }

  boolean isComplete() {
    return problem.isEmpty();
  }

  /** Whether it is about the packaged operator. */
  boolean isOurs() {
    return candidate.role() == Candidate.Role.OURS;
  }
}
