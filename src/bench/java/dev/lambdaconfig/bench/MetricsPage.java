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

  /**
   * The number of functions that the last round of each account and Region listed, in all. It is
   * that of all functions as soon as a round has ended everywhere, and not before: the metrics have
   * no label for the account.
   */
  long listed() {
    return (long) samples("lambdaconfig_sweep_functions").sum();
  }

  /** The number of rounds that have ended, in all accounts and Regions. */
  long rounds() {
    return (long) samples("lambdaconfig_sweep_duration_seconds_count").sum();
  }

  /** The longest time since a round of an account and Region ended, in seconds. */
  double oldestRound() {
    return samples("lambdaconfig_sweep_age_seconds").max().orElse(0);
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
        "longest sweep %.1f s of %.0f s; %,d functions listed; metrics page %.0f KB",
        longestSweep(),
        sweepInterval(),
        listed(),
        bytes() / 1e3);
  }
}
