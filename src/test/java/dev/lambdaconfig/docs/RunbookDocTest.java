package dev.lambdaconfig.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/runbook.md has one section for each reason that lasts and for each alert, and no other. */
final class RunbookDocTest {

  private static final Pattern SECTION = Pattern.compile("(?ms)^### (\\w+)\n(.*?)(?=^##|\\z)");

  private static final Path ALERTS = Path.of("deploy/prometheus/rules.yaml");

  @Test
  void eachReasonHasItsSectionInTheOrderOfTheTable() throws IOException {
    assertThat(sections(chapter("Reasons")))
        .containsExactlyElementsOf(RunbookDocument.wanted().keySet());
  }

  @Test
  void eachAlertHasItsSectionInTheOrderOfTheRules() throws IOException {
    List<String> alerts = new ArrayList<>();
    JsonNode rules = new ObjectMapper(new YAMLFactory()).readTree(ALERTS.toFile());
    for (JsonNode group : rules.path("groups")) {
      group.path("rules").forEach(rule -> alerts.add(rule.path("alert").asText()));
    }

    assertThat(sections(chapter("Alerts"))).isNotEmpty().containsExactlyElementsOf(alerts);
  }

  @Test
  void eachReasonBeginsAsTheTableSays() throws IOException {
    String document = document();

    assertThat(document)
        .as("mvn -Pformat writes the beginnings of the sections anew")
        .isEqualTo(RunbookDocument.updated(document));
    RunbookDocument.wanted()
        .forEach((reason, beginning) -> assertThat(document).as(reason).contains(beginning));
  }

  @Test
  void eachSectionSaysMoreThanTheTable() throws IOException {
    Matcher sections = SECTION.matcher(document());
    while (sections.find()) {
      assertThat(sections.group(2)).as(sections.group(1)).contains("\n- ");
    }
  }

  private static String document() throws IOException {
    return Files.readString(RunbookDocument.FILE);
  }

  private static String chapter(String title) throws IOException {
    return document().split("\n## " + title + "\n", 2)[1].split("\n## ", 2)[0];
  }

  private static List<String> sections(String chapter) {
    return Pattern.compile("(?m)^### (\\w+)$")
        .matcher(chapter)
        .results()
        .map(found -> found.group(1))
        .toList();
  }
}
