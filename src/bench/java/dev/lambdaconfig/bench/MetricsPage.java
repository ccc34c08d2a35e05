package dev.lambdaconfig.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a scrape of the operator shows. */
record MetricsPage(String text) {

  static MetricsPage of(OperatorProcess operator) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + operator.managementPort() + "/metrics");
    try (HttpClient http = HttpClient.newHttpClient()) {
      return new MetricsPage(
          http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body());
    }
  }

  /** The largest sample of a metric, over all labels; 0 if there is none. */
  private double most(String metric) {
    Matcher samples =
        Pattern.compile("^" + metric + "(?:\\{[^}]*})? ([0-9.eE+-]+)$", Pattern.MULTILINE)
            .matcher(text);
    double most = 0;
    while (samples.find()) {
      most = Math.max(most, Double.parseDouble(samples.group(1)));
    }
    return most;
  }

  /** One line for people: the longest sweep of a Region beside its interval, and the page. */
  String summary() {
    return String.format(
        Locale.ROOT,
        "longest sweep %.1f s of %.0f s; metrics page %.0f KB",
        most("lambdaconfig_sweep_duration_seconds_max"),
        most("lambdaconfig_sweep_expected_seconds"),
        text.length() / 1e3);
  }
}
