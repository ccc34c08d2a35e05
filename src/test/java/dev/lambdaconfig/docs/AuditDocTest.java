package dev.lambdaconfig.docs;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/audit.md explains each member of a line, and its configuration of logback works. */
final class AuditDocTest {

  private static final Path DOCUMENT = Path.of("docs/audit.md");
  private static final Pattern WORD = Pattern.compile("`(\\w+)`");

  @TempDir Path folder = Path.of("");

  @Test
  void eachMemberOfTheExampleIsExplained() throws Exception {
    String document = Files.readString(DOCUMENT);
    JsonNode example = new ObjectMapper().readTree(block(document, "json"));

    List<String> explained = new ArrayList<>();
    document
        .lines()
        .dropWhile(line -> !line.startsWith("| member |"))
        .takeWhile(line -> line.startsWith("|"))
        .skip(2)
        .forEach(
            row ->
                WORD.matcher(row.split("\\|", -1)[1])
                    .results()
                    .forEach(word -> explained.add(word.group(1))));
    assertThat(explained).containsExactlyElementsOf(memberNames(example));
  }

  @Test
  void theConfigurationOfLogbackWritesTheLinesToAFile() throws Exception {
    // Given
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(new LogbackMDCAdapter());
    context.putProperty("AUDIT_FOLDER", folder.toString());
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);

    // When
    configurator.doConfigure(
        new ByteArrayInputStream(
            block(Files.readString(DOCUMENT), "xml").getBytes(StandardCharsets.UTF_8)));
    context.getLogger("changes").info("{\"a\":1}");
    context.stop();

    // Then
    assertThat(Files.readString(folder.resolve("changes.jsonl"))).isEqualTo("{\"a\":1}\n");
  }

  private static List<String> memberNames(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static String block(String document, String language) {
    Matcher block = Pattern.compile("(?s)```" + language + "\\n(.*?)```").matcher(document);
    assertThat(block.find()).isTrue();
    return block.group(1);
  }
}
