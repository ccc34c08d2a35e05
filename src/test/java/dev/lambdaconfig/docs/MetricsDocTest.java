package dev.lambdaconfig.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.ops.metrics.MetricsFixture;
import dev.lambdaconfig.ops.metrics.Scrape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/metrics.md says what the metrics say. */
final class MetricsDocTest {

  /** Labels whose values have no end that this operator knows. */
  private static final Set<String> OPEN = Set.of("region", "reason", "le");

  private static String document() throws IOException {
    return Files.readString(MetricsDocument.FILE);
  }

  @Test
  void theTableIsUpToDate() throws IOException {
    assertThat(document())
        .as("mvn -Pformat writes the table of docs/metrics.md anew")
        .isEqualTo(MetricsDocument.updated(document()));
  }

  @Test
  void everyMetricIsThere() throws IOException {
    String document = document();
    Set<String> missing =
        MetricsFixture.ofEverything().scrape().ownFamilies().stream()
            .filter(name -> !document.contains("`" + name.replaceFirst("_max$", "") + "`"))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(missing).isEmpty();
    assertThat(MetricsFixture.ofEverything().scrape().ownFamilies()).hasSizeGreaterThan(25);
  }

  @Test
  void everyMetricHasAMeaning() {
    Scrape scrape = MetricsFixture.ofEverything().scrape();

    assertThat(scrape.ownFamilies())
        .allSatisfy(name -> assertThat(scrape.help().getOrDefault(name, "")).endsWith("."));
  }

  @Test
  void everyLabelAndItsValuesAreExplained() throws IOException {
    String document = document();
    String labels = document.substring(document.indexOf("\n### Labels"));
    for (Scrape.Sample sample : MetricsFixture.ofEverything().scrape().samples()) {
      if (!sample.name().startsWith("lambdaconfig_")) {
        continue;
      }
      for (Map.Entry<String, String> label : sample.labels().entrySet()) {
        if (!label.getKey().equals("le")) {
          assertThat(labels).contains("`" + label.getKey() + "`");
        }
        if (!OPEN.contains(label.getKey())) {
          assertThat(labels).as("%s", sample).contains("`" + label.getValue() + "`");
        }
      }
    }
  }

  @Test
  void theChartsCopiesAreUpToDate() throws IOException {
    for (Map.Entry<Path, Path> copy : MetricsDocument.COPIES.entrySet()) {
      assertThat(copy.getValue())
          .as("mvn -Pformat writes it anew")
          .hasSameTextualContentAs(copy.getKey());
    }
  }
}
