package dev.lambdaconfig.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What each query of the dashboard gives over a time, as the source of its picture. The variables
 * are those of Grafana: all of each, and {@code $__rate_interval} by its rule.
 */
final class DashboardRecording {

  /** The time between two points of a query that asks for none. */
  private static final Duration STEP = Duration.ofSeconds(5);

  private static final String RATE_INTERVAL = "$__rate_interval";
  private static final int DIGITS = 4;
  private static final Pattern LABEL = Pattern.compile("\\{\\{(\\w+)}}");

  private final ObjectMapper mapper = new ObjectMapper();
  private final PrometheusServer prometheus;
  private final Instant from;
  private final Instant to;

  DashboardRecording(PrometheusServer prometheus, Instant from, Instant to) {
    this.prometheus = prometheus;
    this.from = from;
    this.to = to;
  }

  /**
   * The recording as JSON, a series on each line.
   *
   * @param dashboard the file of the dashboard
   * @param facts where, when and of what it was recorded
   */
  String json(Path dashboard, Map<String, String> facts) throws IOException, InterruptedException {
    List<String> queries = new ArrayList<>();
    for (JsonNode panel : mapper.readTree(Files.readString(dashboard)).path("panels")) {
      for (JsonNode target : panel.path("targets")) {
        queries.add(query(target));
      }
    }
    ObjectNode head = mapper.createObjectNode();
    facts.forEach(head::put);
    head.put("from", from.toString());
    head.put("to", to.toString());
    String members = mapper.writeValueAsString(head);
    return members.substring(0, members.length() - 1).replace(",\"", ",\n\"")
        + ",\n\"queries\":[\n"
        + String.join(",\n", queries)
        + "\n]}\n";
  }

  private String query(JsonNode target) throws IOException, InterruptedException {
    Duration rate = rateInterval();
    String interval = target.path("interval").asText();
    Duration step = interval.equals(RATE_INTERVAL) ? rate : STEP;
    String expression = target.path("expr").asText();
    JsonNode result =
        prometheus.range(
            expression
                .replace(RATE_INTERVAL, rate.toSeconds() + "s")
                .replaceAll("\\$(namespace|job|region)\\b", ".*"),
            from,
            to,
            step);
    List<String> series = new ArrayList<>();
    for (JsonNode each : result) {
      series.add(series(each, target.path("legendFormat").asText(), step));
    }
    return "{\"expr\":%s,\n\"interval\":\"%s\",\"step\":%d,\"series\":[\n%s]}"
        .formatted(
            mapper.writeValueAsString(expression),
            interval,
            step.toSeconds(),
            String.join(",\n", series));
  }

  /** As Grafana takes it: four scrapes, so that two are in it even where one failed. */
  private static Duration rateInterval() {
    Duration scrape = PrometheusServer.SCRAPE_INTERVAL;
    Duration four = scrape.multipliedBy(4);
    Duration stepAndOne = STEP.plus(scrape);
    return four.compareTo(stepAndOne) > 0 ? four : stepAndOne;
  }

  private String series(JsonNode series, String legend, Duration step)
      throws JsonProcessingException {
    ObjectNode labels = mapper.createObjectNode();
    LABEL
        .matcher(legend)
        .results()
        .map(found -> found.group(1))
        .forEach(label -> labels.put(label, series.path("metric").path(label).asText()));
    Map<Long, String> given = new HashMap<>();
    for (JsonNode point : series.path("values")) {
      given.put(point.path(0).asLong(), point.path(1).asText());
    }
    ArrayNode values = mapper.createArrayNode();
    for (long at = from.getEpochSecond();
        at <= to.getEpochSecond();
        at = Math.addExact(at, step.toSeconds())) {
      String value = given.getOrDefault(at, "NaN");
      if (value.matches("NaN|[+-]?Inf")) {
        values.addNull();
      } else {
        values.add(
            new BigDecimal(value)
                .round(new MathContext(DIGITS))
                .stripTrailingZeros()
                .doubleValue());
      }
    }
    return "{\"labels\":%s,\"values\":%s}".formatted(labels, values);
  }
}
