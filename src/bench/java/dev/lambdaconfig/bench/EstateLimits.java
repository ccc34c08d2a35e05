package dev.lambdaconfig.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a large fleet in many accounts came to, beside the limits that it is meant to keep. */
final class EstateLimits {

  private static final double MEGABYTES = 450;
  private static final double RESTART_SECONDS = 20;
  private static final double PAGE_KILOBYTES = 100;

  private final List<Measurement> estate;
  private final List<List<String>> rows = new ArrayList<>();

  private EstateLimits(List<Measurement> estate) {
    this.estate = estate;
  }

  /** The table; empty if there was no such fleet. */
  static String of(List<Measurement> measurements) {
    List<Measurement> estate =
        measurements.stream()
            .filter(measurement -> !measurement.setting().estate().equals(Estate.HOME))
            .toList();
    if (estate.isEmpty()) {
      return "";
    }
    EstateLimits limits = new EstateLimits(estate);
    limits.fill();
    StringBuilder text = new StringBuilder();
    text.append("\n## Limits: ").append(estate.getFirst().setting().title()).append("\n\n");
    MarkdownReport.table(text, List.of("", "limit", "measured"), limits.rows);
    return text.toString();
  }

  private void fill() {
    double peak =
        estate.stream().mapToDouble(each -> each.cost().usage().peak() / 1e6).max().orElse(0);
    upTo("resident memory at most, MB", MEGABYTES, peak);
    find(Scenario.STEADY)
        .map(steady -> steady.figures().get(Figure.LIVE_HEAP.text()))
        .ifPresent(
            bytes -> rows.add(List.of("heap after a collection, MB", "", number(bytes / 1e6))));
    find(Scenario.STEADY)
        .ifPresent(
            steady -> {
              double interval =
                  steady.times().getOrDefault("one interval", steady.wall()).toMillis() / 1e3;
              atLeast(
                  "functions that lists show",
                  steady.setting().listed(),
                  steady.figures().getOrDefault(Figure.LISTED.text(), 0.0));
              figure(
                  steady,
                  Figure.LONGEST_SWEEP,
                  "longest sweep of an account and Region, s",
                  interval);
              // A quick round, and after it one that takes the whole interval.
              figure(steady, Figure.OLDEST_ROUND, Figure.OLDEST_ROUND.text(), 2 * interval);
              figure(steady, Figure.BETWEEN_READS, Figure.BETWEEN_READS.text(), interval);
              upTo("writes at rest, to the API server", 0, writes(steady));
              upTo("writes at rest, to AWS", 0, updates(steady));
              figure(steady, Figure.METRICS_PAGE, "metrics page, KB", PAGE_KILOBYTES);
              find(Scenario.DRIFT)
                  .ifPresent(
                      drift ->
                          time(
                              drift,
                              "noticed, longest",
                              "longest until a drift is noticed",
                              interval));
            });
    find(Scenario.RESTART)
        .ifPresent(
            restart -> {
              time(restart, "to running", "restart: until it runs", RESTART_SECONDS);
              swept(restart);
              upTo("restart: writes, to the API server", 0, writes(restart));
              upTo("restart: writes, to AWS", 0, updates(restart));
              restartCalls(restart);
            });
  }

  /** A round has ended in each account and Region that is listed. */
  private void swept(Measurement restart) {
    String what = "restart: until all %,d accounts and Regions are swept";
    int lists = restart.setting().lists();
    if (restart.times().containsKey("to the first sweeps")) {
      time(restart, "to the first sweeps", what.formatted(lists), RESTART_SECONDS);
    } else {
      rows.add(List.of(what.formatted(lists) + ", s", number(RESTART_SECONDS), "NOT REACHED"));
    }
  }

  private void restartCalls(Measurement restart) {
    Setting setting = restart.setting();
    Duration watched = restart.times().getOrDefault("then watched for", Duration.ZERO);
    rows.add(
        List.of(
            "restart: ListFunctions, with the %s after it".formatted(Words.seconds(watched)),
            Words.count(setting.callsOfRound()) + " a round",
            Words.count(restart.aws().of("ListFunctions").requests())));
    long reads =
        restart.aws().of("GetFunction").requests()
            + restart.aws().of("GetFunctionConfiguration").requests();
    int each = setting.unlisted();
    rows.add(
        List.of(
            "restart: reads of functions, the same",
            each == 0 ? "0" : Words.count(each) + ", each once",
            Words.count(reads)));
    rows.add(List.of("restart: all calls, the same", "", Words.calls(restart.aws())));
  }

  private Optional<Measurement> find(Scenario scenario) {
    return estate.stream().filter(each -> each.scenario() == scenario).findFirst();
  }

  private static double writes(Measurement measurement) {
    return measurement.api().resourceWrites() + measurement.api().eventWrites();
  }

  private static double updates(Measurement measurement) {
    return measurement.aws().of("UpdateFunctionConfiguration").requests();
  }

  private void figure(Measurement measurement, Figure figure, String what, double limit) {
    Double value = measurement.figures().get(figure.text());
    if (value != null) {
      upTo(what, limit, figure == Figure.METRICS_PAGE ? value / 1e3 : value);
    }
  }

  private void time(Measurement measurement, String name, String what, double limit) {
    Duration time = measurement.times().get(name);
    if (time != null) {
      upTo(what + ", s", limit, time.toMillis() / 1e3);
    }
  }

  private void upTo(String what, double limit, double value) {
    rows.add(
        List.of(what, number(limit), number(value) + (value > limit ? ", MORE THAN THAT" : "")));
  }

  private void atLeast(String what, double limit, double value) {
    rows.add(
        List.of(what, number(limit), number(value) + (value < limit ? ", LESS THAN THAT" : "")));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value == Math.rint(value) ? "%,.0f" : "%,.1f", value);
  }
}
