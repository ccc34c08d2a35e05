package dev.lambdaconfig.feature;

import dev.lambdaconfig.simulator.RequestLog;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.awaitility.Awaitility;

/** Waits for more calls to the simulated AWS. */
final class AwaitedCalls {

  private AwaitedCalls() {}

  /** Returns when each of these functions was read that many times more. */
  static void reads(RequestLog requests, int more, Collection<String> functions) {
    Map<String, Integer> before = new HashMap<>();
    functions.forEach(name -> before.put(name, requests.readsOf(name).size()));
    Awaitility.await(more + " more reads of each function")
        .atMost(ResourceClient.PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(
            () ->
                before.entrySet().stream()
                    .allMatch(
                        entry ->
                            requests.readsOf(entry.getKey()).size() >= entry.getValue() + more));
  }

  /** Returns when functions were listed that many times more. */
  static void sweeps(RequestLog requests, int more) {
    // The running sweep may have begun before.
    long wanted = requests.count("ListFunctions") + more + 1;
    Awaitility.await(more + " more sweeps")
        .atMost(ResourceClient.PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> requests.count("ListFunctions") >= wanted);
  }
}
