package dev.lambdaconfig.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdaconfig.docs.DashboardRecording.Series;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The picture of the dashboard has each panel as it is now, with what its queries gave. */
final class DashboardPictureTest {

  private JsonNode dashboard;
  private DashboardRecording recording;

  @BeforeEach
  void read() throws IOException {
    dashboard = DashboardPicture.dashboard(Path.of(""));
    recording = DashboardRecording.read(Path.of(""));
  }

  @Test
  void eachQueryIsRecordedAsItIsNow() {
    List<String> missing = new ArrayList<>();
    for (JsonNode panel : dashboard.path("panels")) {
      for (JsonNode target : panel.path("targets")) {
        if (!recording.has(target)) {
          missing.add(panel.path("title").asText() + "/" + target.path("refId").asText());
        }
      }
    }

    assertThat(missing).as("queries that changed since: run .ci/dashboard").isEmpty();
  }

  @Test
  void eachQueryGaveSomething() {
    for (JsonNode panel : dashboard.path("panels")) {
      for (JsonNode target : panel.path("targets")) {
        String title = panel.path("title").asText();
        assertThat(recording.series(target)).as("%s", title).isNotEmpty();
        for (Series series : recording.series(target)) {
          assertThat(series.values())
              .as("%s of %s", series.name(), title)
              .anyMatch(Double::isFinite);
        }
      }
    }
  }

  @Test
  void eachPanelIsInThePicture() {
    List<String> drawn = texts(DashboardPicture.of(dashboard, recording, Svg.Theme.LIGHT));

    for (JsonNode panel : dashboard.path("panels")) {
      assertThat(drawn).contains(panel.path("title").asText());
      for (JsonNode target : panel.path("targets")) {
        if (panel.path("type").asText().equals("timeseries")) {
          recording.series(target).stream()
              .map(Series::name)
              .forEach(name -> assertThat(drawn).contains(name));
        }
      }
    }
    assertThat(drawn).doesNotContain("No data", "Not recorded", "");
  }

  @Test
  void aPanelWhoseQueryChangedSaysThatItIsNotRecorded() {
    ((ObjectNode) dashboard.at("/panels/1/targets/0")).put("expr", "up");

    assertThat(texts(DashboardPicture.of(dashboard, recording, Svg.Theme.DARK)))
        .containsOnlyOnce("Not recorded");
  }

  @Test
  void valuesAreWrittenInTheUnitOfTheirPanel() {
    assertThat(DashboardUnit.of("percentunit").text(0.9876)).isEqualTo("98.8 %");
    assertThat(DashboardUnit.of("s").text(0.0213)).isEqualTo("21.3 ms");
    assertThat(DashboardUnit.of("s").text(90)).isEqualTo("90 s");
    assertThat(DashboardUnit.of("s").text(150)).isEqualTo("2.5 min");
    assertThat(DashboardUnit.of("reqps").text(13.94)).isEqualTo("13.9 req/s");
    assertThat(DashboardUnit.of("bytes").text(96 << 20)).isEqualTo("96 MiB");
    assertThat(DashboardUnit.of("short").text(1234.5)).isEqualTo("1,234");
  }

  private static List<String> texts(String svg) {
    return Pattern.compile("<text [^>]*>([^<]*)</text>")
        .matcher(svg)
        .results()
        .map((MatchResult found) -> found.group(1))
        .toList();
  }
}
