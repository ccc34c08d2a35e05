package dev.lambdaconfig.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The PromQL expressions of the alerts and the dashboard. */
final class Expressions {

  static final Path RULES = Path.of("deploy/prometheus/rules.yaml");
  static final Path TESTS = Path.of("deploy/prometheus/rules-test.yaml");
  static final Path DASHBOARD = Path.of("deploy/grafana/lambda-config-operator.json");

  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private static final Pattern METRIC =
      Pattern.compile("\\b((?:lambdaconfig|process|jvm)_[a-z_]+)(?:\\{([^}]*)})?");
  private static final Pattern MATCHER = Pattern.compile("([a-z_]+)(=~|!~|!=|=)\"([^\"]*)\"");
  private static final Pattern GROUPING = Pattern.compile("by \\(([^)]*)\\)");

  private Expressions() {}

  /**
   * A metric that an expression names.
   *
   * @param labels what it is selected by, without what is a variable of the dashboard
   */
  record Selected(String metric, Map<String, String> labels) {}

  static JsonNode read(Path file) throws IOException {
    // JSON is YAML.
    return YAML.readTree(Files.readString(file));
  }

  static List<JsonNode> alerts() throws IOException {
    List<JsonNode> alerts = new ArrayList<>();
    read(RULES).path("groups").forEach(group -> group.path("rules").forEach(alerts::add));
    return alerts;
  }

  /** All of them, by where they are. */
  static Map<String, String> all() throws IOException {
    Map<String, String> all = new LinkedHashMap<>();
    alerts().forEach(alert -> all.put(alert.path("alert").asText(), alert.path("expr").asText()));
    all.putAll(shown());
    return all;
  }

  /** The expressions of the dashboard, by panel. */
  static Map<String, String> shown() throws IOException {
    Map<String, String> shown = new LinkedHashMap<>();
    for (JsonNode panel : read(DASHBOARD).path("panels")) {
      for (JsonNode target : panel.path("targets")) {
        shown.put(
            panel.path("title").asText() + "/" + target.path("refId").asText(),
            target.path("expr").asText());
      }
    }
    return shown;
  }

  static List<Selected> selected(String expression) {
    List<Selected> selected = new ArrayList<>();
    Matcher metric = METRIC.matcher(expression);
    while (metric.find()) {
      Map<String, String> labels = new LinkedHashMap<>();
      Matcher matcher = MATCHER.matcher(metric.group(2) == null ? "" : metric.group(2));
      while (matcher.find()) {
        labels.put(matcher.group(1), matcher.group(3).startsWith("$") ? "" : matcher.group(3));
      }
      selected.add(new Selected(metric.group(1), labels));
    }
    return selected;
  }

  static Set<String> grouping(String expression) {
    Set<String> labels = new TreeSet<>();
    Matcher grouping = GROUPING.matcher(expression);
    while (grouping.find()) {
      labels.addAll(List.of(grouping.group(1).split("\\s*,\\s*")));
    }
    return labels;
  }
}
