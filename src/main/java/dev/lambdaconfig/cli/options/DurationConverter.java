package dev.lambdaconfig.cli.options;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads durations as Kubernetes tools write them: {@code 500ms}, {@code 2s}, {@code 10m}, {@code
 * 1h30m}.
 */
final class DurationConverter implements ITypeConverter<Duration> {

  private static final Pattern PART = Pattern.compile("(\\d+)(ms|s|m|h)");

  /** A whole duration, bounded so that no sum overflows here or in the chart. */
  private static final Pattern WHOLE = Pattern.compile("(\\d{1,9}(ms|s|m|h)){1,9}");

  @Override
  public Duration convert(String text) {
    if (!WHOLE.matcher(text).matches()) {
      throw new TypeConversionException(
          "'" + text + "' is not a duration: write 500ms, 2s, 10m or 1h30m");
    }
    Duration duration = Duration.ZERO;
    Matcher parts = PART.matcher(text);
    while (parts.find()) {
      long amount = Long.parseLong(parts.group(1));
      duration =
          duration.plus(
              switch (parts.group(2)) {
                case "ms" -> Duration.ofMillis(amount);
                case "s" -> Duration.ofSeconds(amount);
                case "m" -> Duration.ofMinutes(amount);
                default -> Duration.ofHours(amount);
              });
    }
    return duration;
  }
}
