package dev.lambdaconfig.ops;

import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.pattern.MessageConverter;
import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.Context;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import dev.lambdaconfig.text.OneLine;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.event.KeyValuePair;

/**
 * Lines of text, one for each record whatever it repeats: tenants and AWS choose parts of messages,
 * and a line break in one would begin a line that looks like another record, even one of the audit
 * log. Only stack traces have more lines, none of which looks like a record.
 */
final class TextLogEncoder extends LayoutWrappingEncoder<ILoggingEvent> {

  /**
   * Creates an encoder that has not started.
   *
   * @param pattern a pattern of logback, in which {@code %msg}, {@code %kvp} and {@code %ex} are
   *     escaped
   */
  TextLogEncoder(Context context, String pattern) {
    PatternLayout layout = new PatternLayout();
    layout.getInstanceConverterMap().put("msg", Message::new);
    layout.getInstanceConverterMap().put("kvp", KeyValues::new);
    layout.getInstanceConverterMap().put("ex", StackTrace::new);
    layout.setContext(context);
    layout.setPattern(pattern);
    layout.start();
    setContext(context);
    setLayout(layout);
  }

  /** The message, on one line. */
  private static final class Message extends MessageConverter {
    @Override
    public String convert(ILoggingEvent event) {
      return OneLine.of(super.convert(event));
    }
  }

  /** The pairs of keys and values, on one line, each value in quotes that it cannot end. */
  private static final class KeyValues extends ClassicConverter {
    @Override
    public String convert(ILoggingEvent event) {
      return event.getKeyValuePairs() == null
          ? ""
          : event.getKeyValuePairs().stream().map(KeyValues::text).collect(Collectors.joining(" "));
    }

    private static String text(KeyValuePair pair) {
      String value = String.valueOf(pair.value).replace("\\", "\\\\").replace("\"", "\\\"");
      return OneLine.of(pair.key + "=\"" + value + "\"");
    }
  }

  /** The exception: further lines of its message are marked as such. */
  private static final class StackTrace extends ThrowableProxyConverter {

    private static final Pattern STRUCTURE =
        Pattern.compile("\t*(at |\\.\\.\\. |Caused by: |Suppressed: |Wrapped by: ).*");

    private static final String CONTINUED = "\t| ";

    @Override
    protected String throwableProxyToString(IThrowableProxy failure) {
      String[] lines = super.throwableProxyToString(failure).split("\n", -1);
      StringBuilder trace = new StringBuilder();
      for (int i = 0; i < lines.length; i++) {
        boolean marked = i > 0 && !lines[i].isEmpty() && !STRUCTURE.matcher(lines[i]).matches();
        trace.append(i == 0 ? "" : "\n").append(marked ? CONTINUED : "").append(indented(lines[i]));
      }
      return trace.toString();
    }

    /** The line, whose own indentation stays. */
    private static String indented(String line) {
      int begin = 0;
      while (begin < line.length() && line.charAt(begin) == '\t') {
        begin++;
      }
      return line.substring(0, begin) + OneLine.of(line.substring(begin));
    }
  }
}
