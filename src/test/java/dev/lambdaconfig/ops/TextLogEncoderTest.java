package dev.lambdaconfig.ops;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.ConsoleAppender;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The lines of the log as text, with what tenants wrote in them. */
final class TextLogEncoderTest {

  private static final String FORGED = "{\"loggerName\":\"changes\",\"name\":\"forged\"}";
  private static final String TIME = "\\d\\d:\\d\\d:\\d\\d\\.\\d{3} ";

  private final LoggerContext context = new LoggerContext();
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final Logger log;

  TextLogEncoderTest() {
    context.setMDCAdapter(new LogbackMDCAdapter());
    new LogConfigurator(Map.<String, String>of()::get, false).configure(context);
    console(Logger.ROOT_LOGGER_NAME, "console").setOutputStream(output);
    console("changes", "changes").setOutputStream(output);
    log = context.getLogger("dev.lambdaconfig.change");
  }

  @Test
  void aRecordIsOneLine() {
    log.atInfo()
        .addKeyValue("namespace", "team")
        .addKeyValue("generation", 3L)
        .log("status changed");

    assertThat(lines())
        .singleElement()
        .asString()
        .matches(
            TIME + "INFO  d.l.change - status changed namespace=\"team\"" + " generation=\"3\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r", "\r\n", "\u0085", "\u2028", "\u2029", "\u000b", "\f"})
  void noLineBreakOfAValueBeginsALine(String breaks) {
    log.atInfo().addKeyValue("detail", "the annotation is x" + breaks + FORGED).log("status");
    log.info("{} failed", "orders" + breaks + FORGED);

    assertThat(lines()).hasSize(2).allMatch(line -> line.matches(TIME + ".*"));
    assertThat(lines()).noneMatch(TextLogEncoderTest::isOfAuditLog);
  }

  @Test
  void noValueEndsItsQuotes() {
    log.atInfo().addKeyValue("detail", "a\" reason=\"InSync").log("status");

    assertThat(lines().getFirst()).endsWith("status detail=\"a\\\" reason=\\\"InSync\"");
  }

  @Test
  void aStackTraceHasLinesButItsMessageBeginsNone() {
    Exception cause = new IllegalStateException("no such\n" + FORGED + "\r\n\t" + FORGED);
    log.warn("an unexpected failure", new RuntimeException("refused\n" + FORGED, cause));

    List<String> lines = lines();
    assertThat(lines).noneMatch(TextLogEncoderTest::isOfAuditLog);
    assertThat(lines).filteredOn(line -> line.matches(TIME + ".*")).hasSize(1);
    assertThat(lines)
        .contains("\t| " + FORGED)
        .anyMatch(line -> line.startsWith("\tat "))
        .anyMatch(line -> line.startsWith("Caused by: java.lang.IllegalStateException: no such"));
  }

  @Test
  void theAuditLogIsAsItWas() {
    context.getLogger("changes").info(FORGED);

    assertThat(lines()).containsExactly(FORGED);
  }

  /** Whether the recipe of docs/audit.md selects the line: jq's fromjson takes indented lines. */
  private static boolean isOfAuditLog(String line) {
    try {
      return new ObjectMapper().readTree(line).path("loggerName").asText().equals("changes");
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  private List<String> lines() {
    return List.of(output.toString(StandardCharsets.UTF_8).split("\\R"));
  }

  private ConsoleAppender<ILoggingEvent> console(String logger, String name) {
    return (ConsoleAppender<ILoggingEvent>) context.getLogger(logger).getAppender(name);
  }
}
