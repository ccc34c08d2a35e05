package dev.lambdaconfig.bench;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

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
    ProcessUsage usage) {

  Measurement {
    times = new LinkedHashMap<>(times);
  }

  boolean isComplete() {
    return problem.isEmpty();
  }
}
