package dev.lambdaconfig.ops;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.ConsoleAppender;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.utils.internal.proxy.ProxyEnvironmentVariableConfigProvider;

/** The log that the operator has without a file of logback. */
final class LogConfiguratorTest {

  private final LoggerContext context = new LoggerContext();

  LogConfiguratorTest() {
    context.setMDCAdapter(new LogbackMDCAdapter());
  }

  @Test
  void withoutVariablesTheOperatorWritesTextFromInfo() {
    configure(Map.of());

    assertThat(level("dev.lambdaconfig.change")).isEqualTo(Level.INFO);
    assertThat(level("some.library")).isEqualTo(Level.INFO);
    assertThat(console().getEncoder())
        .isInstanceOfSatisfying(
            TextLogEncoder.class, text -> assertThat(text.isStarted()).isTrue());
    assertThat(console().isStarted()).isTrue();
    assertThat(context.getStatusManager().getCopyOfStatusList())
        .noneMatch(status -> status.getEffectiveLevel() > 0);
  }

  @Test
  void theFormatCanBeJsonWithTheWholeMessage() {
    configure(Map.of(LogConfigurator.FORMAT, "json"));

    LoggingEvent event =
        new LoggingEvent(
            "",
            context.getLogger("dev.lambdaconfig"),
            Level.INFO,
            "a {}",
            null,
            new Object[] {"b"});
    assertThat(console().getEncoder()).isInstanceOf(JsonEncoder.class);
    assertThat(new String(console().getEncoder().encode(event), StandardCharsets.UTF_8))
        .contains("\"formattedMessage\":\"a b\"", "\"level\":\"INFO\"")
        .endsWith("\n");
  }

  @Test
  void theSdkDoesNotPrintTheVariablesOfProxies() {
    configure(Map.of(LogConfigurator.LEVEL, "DEBUG"));

    assertThat(context.getLogger(ProxyEnvironmentVariableConfigProvider.class).isErrorEnabled())
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource({"text, INFO", "json, ERROR"})
  void theAuditLogIsItsOwnLinesOfJsonAtAnyLevel(String format, String level) {
    configure(Map.of(LogConfigurator.FORMAT, format, LogConfigurator.LEVEL, level));

    Logger changes = context.getLogger("changes");
    LoggingEvent event = new LoggingEvent("", changes, Level.INFO, "{\"a\":1}", null, null);
    ConsoleAppender<ILoggingEvent> appender =
        (ConsoleAppender<ILoggingEvent>) changes.getAppender("changes");
    assertThat(new String(appender.getEncoder().encode(event), StandardCharsets.UTF_8))
        .isEqualTo("{\"a\":1}" + System.lineSeparator());
    assertThat(appender.isStarted()).isTrue();
    assertThat(changes.isAdditive()).isFalse();
    assertThat(level("changes")).isEqualTo(Level.INFO);
  }

  @ParameterizedTest
  @CsvSource({"DEBUG, DEBUG", "warn, WARN", "TRACE, TRACE", "LOUD, INFO"})
  void theLevelIsTheOperatorsOwn(String given, String expected) {
    configure(Map.of(LogConfigurator.LEVEL, given));

    assertThat(level("dev.lambdaconfig")).isEqualTo(Level.toLevel(expected));
    assertThat(level("some.library")).isEqualTo(Level.INFO);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "software.amazon.awssdk.request",
        "org.apache.hc.client5.http.wire",
        "io.fabric8.kubernetes.client.http",
        "io.javaoperatorsdk.operator"
      })
  void noLevelTurnsOnWhatPrintsValues(String logger) {
    configure(Map.of(LogConfigurator.LEVEL, "TRACE"));

    assertThat(level(logger)).isEqualTo(Level.WARN);
  }

  @Test
  void theFileOfLogbackInTheDocumentationKeepsTheSameLoggersQuiet() throws IOException {
    String document = Files.readString(Path.of("docs/audit.md"));

    assertThat(LogConfigurator.QUIET)
        .isNotEmpty()
        .allSatisfy(
            quiet ->
                assertThat(document).contains("<logger name=\"" + quiet + "\" level=\"WARN\"/>"));
  }

  @Test
  void aFileOfLogbackTakesPrecedence() {
    LogConfigurator configurator = new LogConfigurator(name -> null, true);

    assertThat(configurator.configure(context))
        .isEqualTo(Configurator.ExecutionStatus.INVOKE_NEXT_IF_ANY);
    assertThat(context.getLogger(Logger.ROOT_LOGGER_NAME).iteratorForAppenders().hasNext())
        .isFalse();
    // The tests' own file is on the class path.
    assertThat(new LogConfigurator().configure(context))
        .isEqualTo(Configurator.ExecutionStatus.INVOKE_NEXT_IF_ANY);
  }

  @Test
  void logbackFindsIt() {
    assertThat(ServiceLoader.load(Configurator.class))
        .hasAtLeastOneElementOfType(LogConfigurator.class);
  }

  private void configure(Map<String, String> variables) {
    assertThat(new LogConfigurator(variables::get, false).configure(context))
        .isEqualTo(Configurator.ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY);
  }

  private Level level(String logger) {
    return context.getLogger(logger).getEffectiveLevel();
  }

  private ConsoleAppender<ILoggingEvent> console() {
    return (ConsoleAppender<ILoggingEvent>)
        context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("console");
  }
}
