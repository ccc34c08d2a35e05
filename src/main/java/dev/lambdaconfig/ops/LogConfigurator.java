package dev.lambdaconfig.ops;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Configures the log: the same as a {@code logback.xml} would, without the XML parser and logback's
 * interpreter of it, which are 470 classes. All goes to the standard output, unless the command
 * prints something there; the lines of the audit log are JSON in either format. A file that {@code
 * -Dlogback.configurationFile} names, or that is on the class path, takes precedence.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_NORMAL_PRIORITY)
public final class LogConfigurator extends ContextAwareBase implements Configurator {

  /** The variable of the format: {@code text} (default) or {@code json}. */
  static final String FORMAT = "LAMBDA_CONFIG_LOG_FORMAT";

  /** The variable of the operator's own level, by default {@code INFO}. */
  static final String LEVEL = "LAMBDA_CONFIG_LOG_LEVEL";

  /** The variable of the stream: {@code stdout} (default) or {@code stderr}, as commands set it. */
  static final String STREAM = "LAMBDA_CONFIG_LOG_STREAM";

  /** The logger of the audit log (docs/audit.md), whose messages are whole lines of JSON. */
  private static final String CHANGES = "changes";

  private static final String PATTERN =
      "%d{HH:mm:ss.SSS} %-5level %logger{20} - %msg %kvp%n%ex{short}";

  /**
   * The loggers that print requests, answers or whole resources below WARN, and with them the
   * values of environment variables. No setting may turn that on.
   */
  static final List<String> QUIET =
      List.of(
          "software.amazon.awssdk",
          "org.apache.hc",
          "io.fabric8",
          "io.javaoperatorsdk",
          "Default ConfigurationService implementation");

  /**
   * The logger that prints the value of a variable such as HTTP_PROXY, and so a password, where it
   * lacks {@code http://}. The operator reads these variables itself.
   */
  static final String SILENT = "software.amazon.awssdk.utils.internal.proxy";

  private final Function<String, @Nullable String> variables;
  private final boolean replaced;

  /** Creates the configurator of this process, for logback. */
  public LogConfigurator() {
    this(LogConfigurator::variable, isReplaced());
  }

  /**
   * Creates a configurator.
   *
   * @param replaced whether a file configures the log instead
   */
  LogConfigurator(Function<String, @Nullable String> variables, boolean replaced) {
    this.variables = variables;
    this.replaced = replaced;
  }

  private static @Nullable String variable(String name) {
    String property = System.getProperty(name);
    return property == null ? System.getenv(name) : property;
  }

  private static boolean isReplaced() {
    ClassLoader loader = LogConfigurator.class.getClassLoader();
    return System.getProperty("logback.configurationFile") != null
        || loader.getResource("logback-test.xml") != null
        || loader.getResource("logback.xml") != null;
  }

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    if (replaced) {
      return ExecutionStatus.INVOKE_NEXT_IF_ANY;
    }
    context
        .getLogger("dev.lambdaconfig")
        .setLevel(Level.toLevel(variables.apply(LEVEL), Level.INFO));
    QUIET.forEach(name -> context.getLogger(name).setLevel(Level.WARN));
    context.getLogger(SILENT).setLevel(Level.OFF);
    context
        .getLogger("io.fabric8.kubernetes.client.dsl.internal.VersionUsageUtils")
        .setLevel(Level.ERROR);
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.INFO);
    root.addAppender(
        console(
            context,
            "console",
            "json".equals(variables.apply(FORMAT)) ? json(context) : text(context, PATTERN)));
    Logger changes = context.getLogger(CHANGES);
    // Whatever the level of the rest: an audit log without gaps.
    changes.setLevel(Level.INFO);
    changes.setAdditive(false);
    changes.addAppender(console(context, CHANGES, text(context, "%msg%n")));
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  private ConsoleAppender<ILoggingEvent> console(
      LoggerContext context, String name, Encoder<ILoggingEvent> encoder) {
    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setContext(context);
    console.setName(name);
    if ("stderr".equals(variables.apply(STREAM))) {
      console.setTarget("System.err");
    }
    console.setEncoder(encoder);
    console.start();
    return console;
  }

  private static Encoder<ILoggingEvent> json(LoggerContext context) {
    JsonEncoder json = new JsonEncoder();
    json.setContext(context);
    json.setWithFormattedMessage(true);
    json.start();
    return json;
  }

  private static Encoder<ILoggingEvent> text(LoggerContext context, String pattern) {
    TextLogEncoder text = new TextLogEncoder(context, pattern);
    text.start();
    return text;
  }
}
