package dev.lambdaconfig.cli.format;

import java.time.Duration;

/** Durations for people. */
public final class Durations {

  private Durations() {}

  /** Returns a duration by its two largest units, such as {@code 2 h 3 min}; none is negative. */
  public static String rough(Duration duration) {
    Duration age = duration.isNegative() ? Duration.ZERO : duration;
    if (age.toDays() > 0) {
      return age.toDays() + " d " + age.toHoursPart() + " h";
    }
    if (age.toHours() > 0) {
      return age.toHours() + " h " + age.toMinutesPart() + " min";
    }
    return age.toMinutes() > 0
        ? age.toMinutes() + " min " + age.toSecondsPart() + " s"
        : age.toSeconds() + " s";
  }
}
