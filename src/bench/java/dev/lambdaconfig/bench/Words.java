package dev.lambdaconfig.bench;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Figures as people read them. */
final class Words {

  private Words() {}

  static String seconds(Duration time) {
    double seconds = time.toMillis() / 1e3;
    return String.format(Locale.ROOT, seconds < 10 ? "%.2f s" : "%.0f s", seconds);
  }

  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  static String megabytes(long bytes) {
    return bytes == ProcessUsage.UNKNOWN
        ? "not available"
        : String.format(Locale.ROOT, "%.0f MB", bytes / 1e6);
  }

  static String share(long part, long whole) {
    return whole == 0 ? "-" : String.format(Locale.ROOT, "%.1f %%", 100.0 * part / whole);
  }

  /** The cells of a measurement, in the order of {@link #headings}. */
  static List<String> cells(Measurement measurement) {
    return List.of(
        measurement.title() + (measurement.isComplete() ? "" : " (NOT REACHED)"),
        Stream.concat(
                measurement.times().entrySet().stream()
                    .map(entry -> entry.getKey() + " " + seconds(entry.getValue())),
                measurement.notes().stream())
            .collect(Collectors.joining("; ")),
        calls(measurement.aws()),
        share(measurement.aws().throttled(), measurement.aws().total()),
        count(measurement.api().resourceWrites()) + " / " + count(measurement.api().eventWrites()),
        count(measurement.api().resourceReads()),
        seconds(measurement.cost().usage().cpu()) + " in " + seconds(measurement.wall()),
        measurement.cost().changes() == 0
            ? "-"
            : String.format(Locale.ROOT, "%.1f ms", measurement.cost().cpuPerChange()),
        requestsPerChange(measurement),
        memory(measurement.cost().usage().peak(), measurement.cost().usage().ownPeak()),
        rest(measurement.cost().rest()));
  }

  static List<String> headings() {
    return List.of(
        "scenario",
        "time",
        "AWS calls",
        "throttled",
        "writes: resources / events",
        "reads",
        "CPU",
        "CPU per change",
        "requests per change",
        "peak memory",
        "memory at rest");
  }

  private static String rest(@Nullable ProcessUsage rest) {
    return rest == null ? "-" : memory(rest.memory(), rest.own());
  }

  static String memory(long all, long own) {
    return megabytes(all)
        + (own == ProcessUsage.UNKNOWN ? "" : " (" + megabytes(own) + " anonymous)");
  }

  /** At AWS by operation, and at the API server by resource and verb. */
  private static String requestsPerChange(Measurement measurement) {
    if (measurement.cost().changes() == 0) {
      return "-";
    }
    Map<String, Long> aws = new TreeMap<>();
    measurement.aws().requests().forEach((name, count) -> aws.put(operation(name), count));
    return Stream.of(aws, new TreeMap<>(measurement.api().counts()))
        .flatMap(counts -> counts.entrySet().stream())
        .map(
            entry ->
                perChange(entry.getValue(), measurement.cost().changes()) + " " + entry.getKey())
        .collect(Collectors.joining(" + "));
  }

  static String perChange(long count, int changes) {
    double each = (double) count / changes;
    return each > 0 && each < 0.01 ? "< 0.01" : String.format(Locale.ROOT, "%.2f", each);
  }

  /** Of each operation; the usual ones by a short name. */
  static String calls(AwsCalls calls) {
    return calls.total() == 0
        ? "0"
        : calls.requests().entrySet().stream()
            .map(entry -> count(entry.getValue()) + " " + operation(entry.getKey()))
            .collect(Collectors.joining(" + "));
  }

  private static String operation(String name) {
    return switch (name) {
      case "UpdateFunctionConfiguration" -> "Update";
      case "GetFunctionConfiguration" -> "GetConfiguration";
      default -> name;
    };
  }

  static List<String> cells(PlanCost cost) {
    return List.of(
        cost.call(),
        cost.function(),
        String.format(Locale.ROOT, "%.2f ± %.2f", cost.micros(), cost.error()),
        String.format(Locale.ROOT, "%,.0f", cost.bytes()));
  }

  static List<String> planHeadings() {
    return List.of("call", "function", "µs", "bytes allocated");
  }
}
