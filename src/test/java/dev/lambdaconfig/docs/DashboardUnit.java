package dev.lambdaconfig.docs;

import java.util.Locale;

/** The values of a panel as people read them, by the unit that the dashboard gives it. */
enum DashboardUnit {
  NONE,
  SHORT,
  PERCENTUNIT,
  S,
  REQPS,
  OPS,
  BYTES;

  private static final double MINUTE = 60;
  private static final double KIBI = 1024;

  static DashboardUnit of(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  String text(double value) {
    return switch (this) {
      case NONE, SHORT -> number(value);
      case PERCENTUNIT -> number(value * 100) + " %";
      case S -> duration(value);
      case REQPS -> number(value) + " req/s";
      case OPS -> number(value) + " ops/s";
      case BYTES -> number(value / KIBI / KIBI) + " MiB";
    };
  }

  private static String duration(double seconds) {
    if (seconds == 0) {
      return "0 s";
    }
    if (seconds < 1) {
      return number(seconds * 1000) + " ms";
    }
    return seconds < 2 * MINUTE ? number(seconds) + " s" : number(seconds / MINUTE) + " min";
  }

  /** Three digits where there are so many. */
  private static String number(double value) {
    double least = Math.abs(value) >= 100 ? 1 : Math.abs(value) >= 10 ? 10 : 100;
    double rounded = Math.rint(value * least) / least;
    return rounded == Math.rint(rounded)
        ? String.format(Locale.ROOT, "%,d", (long) rounded)
        : String.valueOf(rounded);
  }

  /** The distance of round numbers of which about so many fit below a value. */
  double tick(double most, int count) {
    double unit = this == BYTES ? KIBI * KIBI : this == S && most >= 2 * MINUTE ? MINUTE : 1;
    double rough = most / unit / count;
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double factor = rough / power;
    return unit * power * (factor <= 1 ? 1 : factor <= 2 ? 2 : factor <= 5 ? 5 : 10);
  }
}
