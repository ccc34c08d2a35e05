package dev.lambdaconfig.docs;

import dev.lambdaconfig.docs.DashboardRecording.Series;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Curves or bars over time, with their axes, in a rectangle of a picture.
 *
 * @param seconds the length of the axis of time
 * @param left the position of the plot itself, without the numbers beside it
 * @param fill the opacity of what is below a curve
 * @param threshold the value of a line across the plot, or NaN
 */
record DashboardPlot(
    double left,
    double top,
    double width,
    double height,
    double seconds,
    DashboardUnit unit,
    boolean bars,
    boolean stacked,
    double fill,
    double threshold) {

  private static final int LEVELS = 4;
  private static final double MINUTE = 60;

  /** Draws series in the colours of their classes; the axis ends at {@code least} or above. */
  void draw(StringBuilder svg, List<Series> series, List<String> colours, double least) {
    List<List<Double>> upper = new ArrayList<>();
    List<List<Double>> lower = new ArrayList<>();
    for (Series each : series) {
      List<Double> below =
          stacked && !upper.isEmpty()
              ? upper.getLast()
              : Collections.nCopies(each.values().size(), 0.0);
      lower.add(below);
      upper.add(stacked ? sum(below, each.values()) : each.values());
    }
    double highest =
        upper.stream().mapToDouble(values -> new Series("", 0, values).most()).max().orElse(0);
    double end = Math.max(least, highest == 0 && least == 0 ? 1 : highest * 1.05);
    axes(svg, end);
    for (int index = 0; index < series.size(); index++) {
      double step = series.get(index).step();
      if (bars) {
        bars(svg, colours.get(index), upper.get(index), lower.get(index), step, end);
      } else {
        curve(svg, colours.get(index), upper.get(index), lower.get(index), step, end);
      }
    }
    if (threshold <= end) {
      append(svg, "<path class=\"limit\" d=\"M%s %sh%s\"/>", left, y(threshold, end), width);
    }
  }

  private static List<Double> sum(List<Double> below, List<Double> values) {
    List<Double> sum = new ArrayList<>();
    for (int index = 0; index < values.size(); index++) {
      double value = values.get(index);
      sum.add(below.get(index) + (Double.isNaN(value) ? 0 : value));
    }
    return sum;
  }

  private void axes(StringBuilder svg, double end) {
    double tick = unit.tick(end, LEVELS);
    for (int level = 0; level * tick <= end * 1.001; level++) {
      double at = y(level * tick, end);
      append(svg, "<path class=\"grid\" d=\"M%s %sh%s\"/>", left, at, width);
      text(svg, "small end", left - 6, at + 4, unit.text(level * tick));
    }
    double minutes = width < 200 ? 4 : 2;
    for (double minute = 0; minute * MINUTE <= seconds; minute += minutes) {
      double at = left + width * minute * MINUTE / seconds;
      String label = "%.0f".formatted(minute) + (minute == 0 ? " min" : "");
      text(svg, "small middle", at, top + height + 15, label);
    }
  }

  private double x(int index, double step) {
    return left + width * index * step / seconds;
  }

  private double y(double value, double end) {
    return top + height * (1 - Math.min(value, end) / end);
  }

  private void bars(
      StringBuilder svg,
      String colour,
      List<Double> upper,
      List<Double> lower,
      double step,
      double end) {
    double room = width * step / seconds;
    StringBuilder path = new StringBuilder();
    for (int index = 1; index < upper.size(); index++) {
      double bottom = y(lower.get(index), end);
      double high = bottom - y(upper.get(index), end);
      if (high >= 0.1) {
        // What a query counts is what lies before its time.
        append(
            path, "M%s %sh%sv%sh%sz", x(index - 1, step) + 0.5, bottom, room - 1, -high, 1 - room);
      }
    }
    append(svg, "<path class=\"%s area\" fill-opacity=\"0.7\" d=\"%s\"/>", colour, path);
  }

  private void curve(
      StringBuilder svg,
      String colour,
      List<Double> upper,
      List<Double> lower,
      double step,
      double end) {
    StringBuilder line = new StringBuilder();
    StringBuilder area = new StringBuilder();
    int to = 0;
    for (int from = 0; from < upper.size(); from = to + 1) {
      to = from;
      while (to < upper.size() && !Double.isNaN(upper.get(to))) {
        to++;
      }
      if (to > from) {
        line.append('M').append(points(upper, from, to, step, end));
        area.append('M').append(points(upper, from, to, step, end));
        area.append('L').append(backwards(points(lower, from, to, step, end))).append('z');
      }
    }
    if (fill > 0) {
      append(svg, "<path class=\"%s area\" fill-opacity=\"%s\" d=\"%s\"/>", colour, fill, area);
    }
    append(svg, "<path class=\"%s line\" d=\"%s\"/>", colour, line);
  }

  /** Without those in the middle of a level line. */
  private String points(List<Double> values, int from, int to, double step, double end) {
    List<String> points = new ArrayList<>();
    for (int index = from; index < to; index++) {
      boolean level =
          index > from
              && index < to - 1
              && values.get(index).equals(values.get(index - 1))
              && values.get(index).equals(values.get(index + 1));
      if (!level) {
        points.add(number(x(index, step)) + "," + number(y(values.get(index), end)));
      }
    }
    return String.join(" ", points);
  }

  private static String backwards(String points) {
    return String.join(" ", List.of(points.split(" ", -1)).reversed());
  }

  static void text(StringBuilder svg, String style, double x, double y, String text) {
    append(svg, "<text class=\"%s\" x=\"%s\" y=\"%s\">%s</text>", style, x, y, Svg.escaped(text));
  }

  /** Appends an element with its numbers as short as they can be. */
  static void append(StringBuilder svg, String format, Object... values) {
    Object[] shorter = new Object[values.length];
    for (int index = 0; index < values.length; index++) {
      shorter[index] = values[index] instanceof Double value ? number(value) : values[index];
    }
    svg.append(String.format(Locale.ROOT, format, shorter));
    if (format.startsWith("<")) {
      svg.append('\n');
    }
  }

  private static String number(double value) {
    double rounded = Math.rint(value * 100) / 100;
    double tenth = Math.abs(rounded) < 1 ? rounded : Math.rint(value * 10) / 10;
    return tenth == Math.rint(tenth) ? String.valueOf((long) tenth) : String.valueOf(tenth);
  }
}
