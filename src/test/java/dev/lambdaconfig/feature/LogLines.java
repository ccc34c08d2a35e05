package dev.lambdaconfig.feature;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/** What one class of the operators in this JVM logs during a test. */
final class LogLines implements BeforeEachCallback, AfterEachCallback {

  private final Logger logger;
  private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

  LogLines(Class<?> logging) {
    logger = (Logger) LoggerFactory.getLogger(logging);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    appender.start();
    logger.setLevel(Level.INFO);
    logger.addAppender(appender);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    logger.detachAppender(appender);
    logger.setLevel(null);
  }

  /** The levels of the lines whose key has this value, in order. */
  List<Level> levels(String key, String value) {
    return List.copyOf(appender.list).stream()
        .filter(
            line ->
                line.getKeyValuePairs() != null
                    && line.getKeyValuePairs().stream()
                        .anyMatch(pair -> pair.key.equals(key) && value.equals(pair.value)))
        .map(ILoggingEvent::getLevel)
        .toList();
  }
}
