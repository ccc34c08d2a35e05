package dev.lambdaconfig.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the queries of the dashboard gave while {@code .ci/dashboard} recorded them. */
final class DashboardRecording {

  static final Path FILE = Path.of("docs/images/dashboard.recording");

  private static final Pattern LABEL = Pattern.compile("\\{\\{(\\w+)}}");

  private final JsonNode root;

  private DashboardRecording(JsonNode root) {
    this.root = root;
  }

  /**
   * The values of a series.
   *
   * @param step the seconds between two of them
   * @param values NaN where there was none
   */
  record Series(String name, double step, List<Double> values) {

    double last() {
      return values.getLast();
    }

    double most() {
      return values.stream()
          .mapToDouble(Double::doubleValue)
          .filter(value -> !Double.isNaN(value))
          .max()
          .orElse(0);
    }
  }

  static DashboardRecording read(Path base) throws IOException {
    return new DashboardRecording(
        new ObjectMapper().readTree(Files.readString(base.resolve(FILE))));
  }

  /** Where, when or of what it was recorded. */
  String fact(String name) {
    return root.path(name).asText();
  }

  Duration time() {
    return Duration.between(Instant.parse(fact("from")), Instant.parse(fact("to")));
  }

  /** Whether a query was recorded as it is now. */
  boolean has(JsonNode target) {
    return !query(target).isMissingNode();
  }

  private JsonNode query(JsonNode target) {
    for (JsonNode query : root.path("queries")) {
      if (query.path("expr").equals(target.path("expr"))
          && query.path("interval").asText().equals(target.path("interval").asText())) {
        return query;
      }
    }
    return root.path("no such query");
  }

  /** The series of a query, with their names as its legend has them. */
  List<Series> series(JsonNode target) {
    JsonNode query = query(target);
    List<Series> series = new ArrayList<>();
    for (JsonNode each : query.path("series")) {
      List<Double> values = new ArrayList<>();
      each.path("values").forEach(value -> values.add(value.asDouble(Double.NaN)));
      String name =
          LABEL
              .matcher(target.path("legendFormat").asText())
              .replaceAll(
                  found ->
                      Matcher.quoteReplacement(each.path("labels").path(found.group(1)).asText()));
      series.add(new Series(name, query.path("step").asDouble(), values));
    }
    return series;
  }
}
