package dev.lambdaconfig.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the operator holds: its {@code /debug/state}, and its resident memory.
 *
 * @param sizes of its collections, by name
 * @param threads of the platform
 * @param descriptors open ones
 * @param memory resident, in bytes
 */
record DebugState(Map<String, Long> sizes, long threads, long descriptors, long memory) {

  /** What idle connections and their threads may differ by. */
  private static final int FEW = 16;

  /** What memory may differ by, for the heap grows and shrinks in steps. */
  private static final double MORE_MEMORY = 1.15;

  static DebugState of(OperatorProcess operator) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + operator.debugPort() + "/debug/state");
    JsonNode json;
    try (HttpClient http = HttpClient.newHttpClient()) {
      json =
          new ObjectMapper()
              .readTree(
                  http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body());
    }
    Map<String, Long> sizes = new TreeMap<>();
    json.path("sizes").properties().forEach(e -> sizes.put(e.getKey(), e.getValue().asLong()));
    JsonNode process = json.path("process");
    return new DebugState(
        sizes,
        process.path("threads").asLong(),
        process.path("openDescriptors").asLong(),
        ProcessUsage.of(operator.handle()).memory());
  }

  /**
   * What is more than it was. Of a collection that was empty any entry is; of another one what is
   * more than before and more than one for each resource, because which of them wait for a timer or
   * have an update in a window differs from one moment to the next.
   */
  List<String> moreThan(DebugState before, int resources) {
    List<String> more = new ArrayList<>();
    sizes.forEach(
        (name, size) -> {
          long was = before.sizes.getOrDefault(name, 0L);
          if (size > (was == 0 ? 0 : Math.max(was, resources))) {
            more.add(name + " " + was + " -> " + size);
          }
        });
    if (threads > before.threads + FEW) {
      more.add("threads " + before.threads + " -> " + threads);
    }
    if (descriptors > before.descriptors + FEW) {
      more.add("open descriptors " + before.descriptors + " -> " + descriptors);
    }
    if (memory > MORE_MEMORY * before.memory) {
      more.add(
          "resident memory " + Words.megabytes(before.memory) + " -> " + Words.megabytes(memory));
    }
    return more;
  }

  /** One line for people. */
  String text() {
    return "%s, %d threads, %d descriptors, %d entries in %d collections"
        .formatted(
            Words.megabytes(memory),
            threads,
            descriptors,
            sizes.values().stream().mapToLong(Long::longValue).sum(),
            sizes.size());
  }
}
