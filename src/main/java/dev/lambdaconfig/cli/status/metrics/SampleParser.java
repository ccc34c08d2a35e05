package dev.lambdaconfig.cli.status.metrics;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads lines of Prometheus's text format. Whatever is no sample is left out.
 *
 * <p>Source: <a
 * href="https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format">exposition
 * formats</a>.
 */
final class SampleParser {

  private static final int MOST_LABELS = 20;

  private final String line;
  private int at;

  private SampleParser(String line) {
    this.line = line;
  }

  /** Returns the sample of a line, or null. */
  static @Nullable Sample parse(String line) {
    return new SampleParser(line).sample();
  }

  private @Nullable Sample sample() {
    String name = name();
    if (name.isEmpty()) {
      return null;
    }
    Map<String, String> labels = new HashMap<>();
    if (is('{')) {
      at++;
      if (!labels(labels)) {
        return null;
      }
    }
    if (!is(' ') && !is('\t')) {
      return null;
    }
    // A time can follow the value.
    String value = line.substring(at).strip().split("\\s", 2)[0];
    try {
      double number = Double.parseDouble(value);
      return Double.isFinite(number) ? new Sample(name, labels, number) : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private String name() {
    int start = at;
    while (at < line.length() && isOfName(line.charAt(at))) {
      at++;
    }
    return line.substring(start, at);
  }

  private static boolean isOfName(char character) {
    return (character >= 'a' && character <= 'z')
        || (character >= 'A' && character <= 'Z')
        || (character >= '0' && character <= '9')
        || character == '_'
        || character == ':';
  }

  /** Reads labels up to their closing brace, and returns whether there was one. */
  private boolean labels(Map<String, String> labels) {
    while (labels.size() <= MOST_LABELS) {
      skipBlanks();
      if (is('}')) {
        at++;
        return true;
      }
      String name = name();
      if (name.isEmpty() || !is('=')) {
        return false;
      }
      at++;
      String value = quoted();
      if (value == null) {
        return false;
      }
      labels.put(name, value);
      skipBlanks();
      if (is(',')) {
        at++;
      } else if (!is('}')) {
        return false;
      }
    }
    return false;
  }

  private @Nullable String quoted() {
    if (!is('"')) {
      return null;
    }
    at++;
    StringBuilder text = new StringBuilder();
    while (at < line.length()) {
      char character = line.charAt(at++);
      if (character == '"') {
        return text.toString();
      }
      if (character == '\\' && at < line.length()) {
        char escaped = line.charAt(at++);
        text.append(escaped == 'n' ? '\n' : escaped);
      } else {
        text.append(character);
      }
    }
    return null;
  }

  private void skipBlanks() {
    while (is(' ') || is('\t')) {
      at++;
    }
  }

  private boolean is(char character) {
    return at < line.length() && line.charAt(at) == character;
  }
}
