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
 * @param aws calls in that time
 * @param api requests of the operator in that time, and until its last events were sent
 * @param usage of the operator: the time on processors in this scenario only
 * @param changes the functions that the scenario changes, 0 where it changes none
 * @param notes what else there is to say, one line each
 * @param rest the operator's memory {@link Fleet#REST} after the scenario, or null
 */
record Measurement(
    Setting setting,
    Scenario scenario,
    String title,
    String problem,
    Duration wall,
    Map<String, Duration> times,
    AwsCalls aws,
    ApiRequests api,
    ProcessUsage usage,
    int changes,
    List<String> notes,
    @Nullable ProcessUsage rest) {

  Measurement {
    times = new LinkedHashMap<>(times);
    notes = List.copyOf(notes);
  }

  /** In milliseconds. */
  double cpuPerChange() {
    return usage.cpu().toNanos() / 1e6 / changes;
  }

  boolean isComplete() {
    return problem.isEmpty();
  }
}
