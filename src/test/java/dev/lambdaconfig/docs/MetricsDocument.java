package dev.lambdaconfig.docs;

import dev.lambdaconfig.ops.metrics.MetricsFixture;
import dev.lambdaconfig.ops.metrics.Scrape;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** {@code docs/metrics.md}, whose table of metrics follows from the metrics. */
final class MetricsDocument {

  static final Path FILE = Path.of("docs/metrics.md");

  /** Files that the chart has copies of, since Helm reads no others than its own. */
  static final Map<Path, Path> COPIES =
      Map.of(
          Path.of("deploy/prometheus/rules.yaml"),
          Path.of("helm/lambda-config-operator/files/rules.yaml"),
          Path.of("deploy/grafana/lambda-config-operator.json"),
          Path.of("helm/lambda-config-operator/files/dashboard.json"));

  private static final Pattern REGION =
      Pattern.compile("(<!-- generated:metrics -->\n).*?(<!-- /generated -->)", Pattern.DOTALL);

  private MetricsDocument() {}

  /** The document with its table as it shall be. */
  static String updated(String document) {
    Matcher region = REGION.matcher(document);
    return region.replaceFirst("$1" + Matcher.quoteReplacement(table()) + "$2");
  }

  private static String table() {
    Scrape scrape = MetricsFixture.ofEverything().scrape();
    StringBuilder table =
        new StringBuilder("| metric | type | labels | meaning |\n|---|---|---|---|\n");
    scrape
        .types()
        .forEach(
            (name, type) -> {
              boolean documented = name.startsWith("lambdaconfig_") || name.startsWith("process_");
              if (documented && !isMost(name, scrape)) {
                table.append(row(name, type, scrape));
              }
            });
    return table.toString();
  }

  /** The longest of a timer, which has a row. */
  private static boolean isMost(String name, Scrape scrape) {
    return name.endsWith("_max")
        && scrape.types().containsKey(name.substring(0, name.length() - "_max".length()));
  }

  private static String row(String name, String type, Scrape scrape) {
    boolean timer = scrape.types().containsKey(name + "_max");
    String labels =
        scrape.labels(name).stream()
            .map(label -> "`" + label + "`")
            .collect(Collectors.joining(", "));
    return "| `%s` | %s | %s | %s |\n"
        .formatted(
            name,
            type.equals("histogram") ? "timer, histogram" : timer ? "timer" : type,
            labels,
            scrape.help().getOrDefault(name, "").replace("|", "\\|"));
  }
}
