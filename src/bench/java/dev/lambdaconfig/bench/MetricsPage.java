package dev.lambdaconfig.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;

/** What a scrape of the operator shows. */
record MetricsPage(String text) {

  static MetricsPage of(OperatorProcess operator) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + operator.managementPort() + "/metrics");
    try (HttpClient http = HttpClient.newHttpClient()) {
      return new MetricsPage(
          http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body());
    }
  }

  /** The longest sweep of a Region, in seconds; 0 if there was none. */
  double longestSweep() {
    return samples("lambdaconfig_sweep_duration_seconds_max").max().orElse(0);
  }

  /** The longest interval of the sweep of a Region, in seconds. */
  double sweepInterval() {
    return samples("lambdaconfig_sweep_expected_seconds").max().orElse(0);
  }

  /** Whether a round has ended in each Region whose functions are listed. */
  boolean hasSwept() {
    double listing = samples("lambdaconfig_sweep_listing").filter(value -> value == 1).count();
    return listing > 0
        && samples("lambdaconfig_sweep_duration_seconds_count").filter(value -> value > 0).count()
            >= listing;
  }

  int bytes() {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** The samples of a metric, whatever their labels. */
  private DoubleStream samples(String metric) {
    return Pattern.compile("^" + metric + "(?:\\{[^}]*})? ([0-9.eE+-]+)$", Pattern.MULTILINE)
        .matcher(text)
        .results()
        .mapToDouble(found -> Double.parseDouble(found.group(1)));
  }

  /** One line for people: the longest sweep of a Region beside its interval, and the page. */
  String summary() {
    return String.format(
        Locale.ROOT,
        "longest sweep %.1f s of %.0f s; metrics page %.0f KB",
        longestSweep(),
        sweepInterval(),
        bytes() / 1e3);
  }
}
