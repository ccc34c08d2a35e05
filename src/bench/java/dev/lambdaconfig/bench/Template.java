package dev.lambdaconfig.bench;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text with placeholders, such as {@code ${name}}. */
record Template(String text) {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Za-z0-9]+)}");

  /**
   * Replaces the placeholders.
   *
   * @throws BenchmarkFailed if there is no value for one of them
   */
  String with(Map<String, ?> values) {
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(
            found -> {
              Object value = values.get(found.group(1));
              if (value == null) {
                throw new BenchmarkFailed(
                    found.group()
                        + " is none of the placeholders "
                        + new TreeMap<>(values).keySet()
                        + " of: "
                        + text.strip());
              }
              return Matcher.quoteReplacement(value.toString());
            });
  }
}
