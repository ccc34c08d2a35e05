package dev.lambdaconfig.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lambdaconfig.ops.metrics.MetricsFixture;
import dev.lambdaconfig.ops.metrics.Scrape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Alerts and dashboard use only metrics that the operator exposes, and each of them. */
final class MonitoringTest {

  /** The labels that Prometheus adds to each sample of a target. */
  private static final Set<String> OF_THE_TARGET = Set.of("namespace", "job", "pod");

  /**
   * The runbook says why: at AWS's refusals sweep_refused is 1, at its errors lists are tried
   * again.
   */
  private static final Set<String> WITHOUT_ALERT = Set.of("lambdaconfig_sweep_listing");

  private static final Scrape TOLD = MetricsFixture.ofEverything().scrape();

  @Test
  void everyMetricThatIsAskedForExists() throws IOException {
    Set<String> unknown = new TreeSet<>();
    for (Map.Entry<String, String> expression : Expressions.all().entrySet()) {
      List<Expressions.Selected> selected = Expressions.selected(expression.getValue());
      assertThat(selected).as(expression.getKey()).isNotEmpty();
      selected.stream()
          .filter(metric -> !TOLD.names().contains(metric.metric()))
          .forEach(metric -> unknown.add(expression.getKey() + ": " + metric.metric()));
    }

    assertThat(unknown).isEmpty();
  }

  @Test
  void everyLabelThatIsAskedForExistsAndHasThatValue() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Map.Entry<String, String> expression : Expressions.all().entrySet()) {
      Set<String> labels = new HashSet<>(OF_THE_TARGET);
      for (Expressions.Selected metric : Expressions.selected(expression.getValue())) {
        TOLD.all(metric.metric()).forEach(sample -> labels.addAll(sample.labels().keySet()));
        metric.labels().entrySet().stream()
            .filter(label -> !OF_THE_TARGET.contains(label.getKey()))
            .filter(label -> !areTold(metric.metric(), label.getKey(), label.getValue()))
            .forEach(label -> wrong.add(expression.getKey() + ": " + metric.metric() + label));
      }
      Expressions.grouping(expression.getValue()).stream()
          .filter(label -> !labels.contains(label))
          .forEach(label -> wrong.add(expression.getKey() + ": by " + label));
    }

    assertThat(wrong).isEmpty();
  }

  /**
   * Whether each of the alternatives is told: one that is not would select, or leave out, nothing.
   */
  private static boolean areTold(String metric, String label, String alternatives) {
    return Stream.of(alternatives.split("\\|", -1)).allMatch(value -> isTold(metric, label, value));
  }

  private static boolean isTold(String metric, String label, String value) {
    return TOLD.all(metric).stream()
        .map(sample -> sample.labels().get(label))
        .anyMatch(told -> told != null && (value.isEmpty() || value.equals(told)));
  }

  /** In a panel, or by an alert where there is nothing to see as long as all is well. */
  @Test
  void everyMetricIsShown() throws IOException {
    Set<String> shown =
        Stream.concat(
                Expressions.shown().values().stream(),
                Expressions.alerts().stream().map(alert -> alert.path("expr").asText()))
            .flatMap(expression -> Expressions.selected(expression).stream())
            .map(Expressions.Selected::metric)
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(
            TOLD.ownFamilies().stream()
                .map(family -> family.replaceFirst("_max$", ""))
                .filter(family -> shown.stream().noneMatch(name -> name.startsWith(family))))
        .as("metrics that no panel of the dashboard shows, and no alert watches")
        .isEmpty();
  }

  @Test
  void everyAlertSaysWhatIsWrongAndWhatToDo() throws IOException {
    String document = Files.readString(Path.of("docs/runbook.md"));
    for (JsonNode alert : Expressions.alerts()) {
      String name = alert.path("alert").asText();
      assertThat(name).startsWith("LambdaConfig");
      assertThat(alert.at("/labels/severity").asText())
          .as(name)
          .isIn("critical", "warning", "info");
      assertThat(alert.path("for").asText()).as(name).isNotEmpty();
      assertThat(alert.at("/annotations/summary").asText()).as(name).endsWith(".");
      assertThat(alert.at("/annotations/description").asText()).as(name).endsWith(".");
      assertThat(alert.at("/annotations/runbook").asText())
          .isEqualTo("docs/runbook.md#" + name.toLowerCase(Locale.ROOT));
      assertThat(document).contains("\n### " + name + "\n");
    }
  }

  @Test
  void everyGaugeThatSwitchesHasAnAlert() throws IOException {
    Set<String> switches =
        TOLD.ownFamilies().stream()
            .filter(name -> TOLD.help().getOrDefault(name, "").matches("1 (if|while|where) .*"))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> alerted = new TreeSet<>(WITHOUT_ALERT);
    for (JsonNode alert : Expressions.alerts()) {
      Expressions.selected(alert.path("expr").asText())
          .forEach(metric -> alerted.add(metric.metric()));
    }

    assertThat(switches).hasSizeGreaterThan(4).containsAll(WITHOUT_ALERT);
    assertThat(alerted).containsAll(switches);
  }

  /** Another shard or release that is well must not hide one that is not. */
  @Test
  void everyAlertIsAboutOneOperator() throws IOException {
    assertThat(Expressions.alerts())
        .allSatisfy(
            alert ->
                assertThat(Expressions.grouping(alert.path("expr").asText()))
                    .as("%s", alert.path("alert"))
                    .contains("namespace", "job"));
  }

  @Test
  void everyAlertHasATestInWhichItFires() throws IOException {
    Set<String> tested = new TreeSet<>();
    for (JsonNode test : Expressions.read(Expressions.TESTS).path("tests")) {
      for (JsonNode at : test.path("alert_rule_test")) {
        if (!at.path("exp_alerts").isEmpty()) {
          tested.add(at.path("alertname").asText());
        }
      }
    }

    assertThat(tested)
        .isEqualTo(
            Expressions.alerts().stream()
                .map(alert -> alert.path("alert").asText())
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  @Test
  void theDashboardCanBeImportedAnywhere() throws IOException {
    JsonNode dashboard = Expressions.read(Expressions.DASHBOARD);

    assertThat(dashboard.at("/templating/list/0/type").asText()).isEqualTo("datasource");
    Set<Integer> ids = new HashSet<>();
    for (JsonNode panel : dashboard.path("panels")) {
      assertThat(ids.add(panel.path("id").asInt())).as("%s", panel.path("title")).isTrue();
      for (JsonNode target : panel.path("targets")) {
        assertThat(target.at("/datasource/uid").asText()).isEqualTo("${datasource}");
      }
    }
  }

  @Test
  void eachPanelThatTheRunbookNamesIsThere() throws IOException {
    List<String> named =
        Pattern.compile("\\*([^*]+)\\*\\s+on\\s+the\\s+dashboard")
            .matcher(Files.readString(Path.of("docs/runbook.md")))
            .results()
            .map(found -> found.group(1))
            .toList();
    Set<String> titles = new HashSet<>();
    Expressions.read(Expressions.DASHBOARD)
        .path("panels")
        .forEach(panel -> titles.add(panel.path("title").asText()));

    assertThat(named).isNotEmpty();
    assertThat(titles).containsAll(named);
  }

  /** The windows of bars must not overlap, or they show each update several times. */
  @Test
  void barsCountEachChangeOnce() throws IOException {
    for (JsonNode panel : Expressions.read(Expressions.DASHBOARD).path("panels")) {
      for (JsonNode target : panel.path("targets")) {
        String expression = target.path("expr").asText();
        assertThat(target.path("interval").asText())
            .as("%s", panel.path("title"))
            .isEqualTo(expression.contains("increase(") ? "$__rate_interval" : "");
      }
    }
  }

  @Test
  void noPanelLiesOnAnother() throws IOException {
    Set<String> taken = new HashSet<>();
    for (JsonNode panel : Expressions.read(Expressions.DASHBOARD).path("panels")) {
      JsonNode place = panel.path("gridPos");
      for (int x = 0; x < place.path("w").asInt(); x++) {
        for (int y = 0; y < place.path("h").asInt(); y++) {
          int column = place.path("x").asInt() + x;
          assertThat(taken.add(column + "/" + (place.path("y").asInt() + y)))
              .as("%s", panel.path("title"))
              .isTrue();
          assertThat(column).isLessThan(24);
        }
      }
    }
  }

  @Test
  void theChartMakesARuleAndADashboardOfThemWhereThatIsWished() throws IOException {
    // When
    Manifests rendered =
        Chart.render(
            "lco",
            "here",
            "metrics: {prometheusRule: {enabled: true, labels: {release: prometheus}},"
                + " dashboard: {enabled: true}}");

    // Then
    JsonNode rule = rendered.only("PrometheusRule");
    assertThat(rule.path("spec")).isEqualTo(Expressions.read(Expressions.RULES));
    assertThat(rule.at("/metadata/labels/release").asText()).isEqualTo("prometheus");
    JsonNode dashboard = rendered.only("ConfigMap");
    assertThat(dashboard.at("/metadata/labels/grafana_dashboard").asText()).isEqualTo("1");
    assertThat(dashboard.at("/data").path("lambda-config-operator.json").asText().strip())
        .isEqualTo(Files.readString(Expressions.DASHBOARD).strip());
    assertThat(Chart.render("lco", "here", "").kinds())
        .doesNotContainKeys("PrometheusRule", "ConfigMap");
  }

  @Test
  void eachAlertLinksToTheRunbookWhereItsAddressIsGiven() throws IOException {
    // When
    JsonNode rule =
        Chart.render(
                "lco",
                "here",
                "metrics: {prometheusRule: {enabled: true,"
                    + " runbookUrl: 'https://docs.example.com/runbook.html'}}")
            .only("PrometheusRule");

    // Then
    List<String> links = new ArrayList<>();
    for (JsonNode alert : rule.at("/spec/groups/0/rules")) {
      String section = alert.path("alert").asText().toLowerCase(Locale.ROOT);
      assertThat(alert.at("/annotations/runbook_url").asText())
          .isEqualTo("https://docs.example.com/runbook.html#" + section);
      assertThat(alert.path("annotations").has("runbook")).isFalse();
      links.add(section);
    }
    assertThat(links).hasSameSizeAs(Expressions.alerts());
  }
}
