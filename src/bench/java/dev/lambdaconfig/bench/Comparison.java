package dev.lambdaconfig.bench;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What was measured beside another operator: the one of the same run, and where that has no such
 * figure, the usual operator for Lambda functions, which was measured by hand on a machine of 2
 * cores against one API server and an endpoint with the same latency and update time.
 */
final class Comparison {

  private static final int FLEET = 1_000;
  private static final int LARGE_FLEET = 10_000;
  private static final int QUOTA = 15;

  /** Four distinct reads of each function, each made twice. */
  private static final double USUAL_CALLS = 8_000;

  private static final double USUAL_SECONDS = 51;

  /** It was not waited for any longer. */
  private static final double USUAL_SECONDS_IN_QUOTA = 660;

  private static final double USUAL_DRIFT_SECONDS = Duration.ofHours(10).toSeconds();
  private static final double USUAL_MEGABYTES = 79;
  private static final double USUAL_MEGABYTES_LARGE = 155;

  private static final String USUAL = "usual operator";
  private static final String OURS = "this one";

  private final List<Measurement> measurements;
  private final List<Measurement> others;
  private final Chart chart;

  private Comparison(Report.Subject subject, List<Measurement> measurements) {
    this.measurements = measurements.stream().filter(Measurement::isOurs).toList();
    this.others = measurements.stream().filter(each -> !each.candidate().isPackaged()).toList();
    this.chart =
        new Chart(
            "lambda-config-operator and the usual operator",
            subject.date()
                + ", commit "
                + subject.machine().commit()
                + ", "
                + subject.machine().shortText());
  }

  static Chart of(Report.Subject subject, List<Measurement> measurements) {
    Comparison comparison = new Comparison(subject, measurements);
    comparison.calls();
    comparison.change(QUOTA, USUAL_SECONDS_IN_QUOTA, "> 660 s");
    comparison.change(0, USUAL_SECONDS, "51 s");
    comparison.drift();
    comparison.memory(FLEET, USUAL_MEGABYTES);
    comparison.memory(LARGE_FLEET, USUAL_MEGABYTES_LARGE);
    return comparison.chart;
  }

  private void calls() {
    find(measurements, Scenario.STEADY, setting -> setting.functions() == FLEET)
        .ifPresent(
            steady -> {
              Duration interval = steady.times().getOrDefault("one interval", steady.wall());
              double checks = (double) steady.wall().toMillis() / interval.toMillis();
              double calls = steady.aws().total() / checks;
              chart.panel(
                  "AWS calls of one drift check of 1,000 functions",
                  new Chart.Bar(USUAL, USUAL_CALLS, "8,000", false),
                  new Chart.Bar(OURS, calls, number(calls), true));
            });
  }

  private void change(int rate, double usual, String usualText) {
    Predicate<Setting> fleet = each -> each.functions() == FLEET && each.rate() == rate;
    find(measurements, Scenario.CHANGE, fleet)
        .map(Comparison::allReady)
        .ifPresent(
            time -> {
              List<Chart.Bar> bars = new ArrayList<>();
              bars.add(
                  find(others, Scenario.CHANGE, fleet)
                      .map(other -> bar(other, allReady(other)))
                      .orElse(new Chart.Bar(USUAL, usual, usualText, false)));
              bars.add(new Chart.Bar(OURS, time.toMillis() / 1e3, Words.seconds(time), true));
              if (rate > 0) {
                double least = (double) FLEET / rate;
                bars.add(new Chart.Bar("the quota itself", least, number(least) + " s", false));
              }
              chart.panel(
                  "One field of 1,000 functions changed, " + new Setting(FLEET, rate).rateTitle(),
                  bars.toArray(Chart.Bar[]::new));
            });
  }

  private void drift() {
    find(measurements, Scenario.DRIFT, setting -> setting.functions() == FLEET)
        .map(measurement -> measurement.times().get("noticed, longest"))
        .ifPresent(
            time ->
                chart.panel(
                    "Until a change behind its back is noticed, among 1,000 functions",
                    new Chart.Bar(USUAL, USUAL_DRIFT_SECONDS, "10 h", false),
                    new Chart.Bar(OURS, time.toMillis() / 1e3, Words.seconds(time), true)));
  }

  private void memory(int functions, double usual) {
    peak(measurements, functions)
        .map(Comparison::peak)
        .ifPresent(
            peak ->
                chart.panel(
                    String.format(
                        Locale.ROOT, "Resident memory at most, with %,d resources", functions),
                    peak(others, functions)
                        .map(
                            other ->
                                new Chart.Bar(
                                    other.candidate().mapping().name(),
                                    peak(other) / 1e6,
                                    Words.megabytes(peak(other)),
                                    false))
                        .orElse(new Chart.Bar(USUAL, usual, number(usual) + " MB", false)),
                    new Chart.Bar(OURS, peak / 1e6, Words.megabytes(peak), true)));
  }

  private static Chart.Bar bar(Measurement other, Duration time) {
    return new Chart.Bar(
        other.candidate().mapping().name(), time.toMillis() / 1e3, Words.seconds(time), false);
  }

  private static Duration allReady(Measurement change) {
    return requireNonNull(change.times().get("all ready"));
  }

  private static long peak(Measurement measurement) {
    return measurement.cost().usage().peak();
  }

  private static Optional<Measurement> peak(List<Measurement> measurements, int functions) {
    return measurements.stream()
        .filter(measurement -> measurement.setting().functions() == functions)
        .filter(measurement -> peak(measurement) != ProcessUsage.UNKNOWN)
        .max(Comparator.comparing(Comparison::peak));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%,.0f", value);
  }

  /** At the quota where that was measured, for that is how AWS is. */
  private static Optional<Measurement> find(
      List<Measurement> measurements, Scenario scenario, Predicate<Setting> setting) {
    return measurements.stream()
        .filter(Measurement::isComplete)
        .filter(measurement -> measurement.scenario() == scenario)
        .filter(measurement -> setting.test(measurement.setting()))
        .max(Comparator.comparing(measurement -> measurement.setting().rate()));
  }
}
