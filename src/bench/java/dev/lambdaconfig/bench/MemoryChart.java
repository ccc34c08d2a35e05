package dev.lambdaconfig.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Resident memory over time while one field of all functions is changed, as an SVG for light and
 * dark: a panel for each fleet, a line for each operator, and a thinner one for its anonymous part.
 */
final class MemoryChart {

  private static final int WIDTH = 860;
  private static final int MARGIN = 24;
  private static final int AXIS = 60;
  private static final int LEGEND = 20;
  private static final int PANEL = 220;
  private static final int POINTS = 300;

  private final StringBuilder body = new StringBuilder();
  private int y = MARGIN + 12;

  private MemoryChart() {}

  /** The chart; empty if no change of all was measured. */
  static String of(Report.Subject subject, List<Measurement> measurements) {
    Map<Setting, List<Measurement>> fleets = new LinkedHashMap<>();
    for (Measurement measurement : measurements) {
      if (measurement.cost().memory().size() > 1) {
        fleets.computeIfAbsent(measurement.setting(), any -> new ArrayList<>()).add(measurement);
      }
    }
    if (fleets.isEmpty()) {
      return "";
    }
    MemoryChart chart = new MemoryChart();
    chart.text(
        "title",
        MARGIN,
        chart.y,
        "Resident memory (dashed: its anonymous part) while one field of all is changed");
    chart.y += 20;
    chart.text("small", MARGIN, chart.y, subject.date() + ", " + subject.machine().shortText());
    fleets.forEach(chart::panel);
    return chart.svg();
  }

  private void panel(Setting setting, List<Measurement> measurements) {
    y += 34;
    text("heading", MARGIN, y, setting.title());
    for (Measurement measurement : measurements) {
      y += LEGEND;
      String style = style(measurement.candidate().role());
      line(style, MARGIN, y - 4, MARGIN + 24, y - 4);
      text("label", MARGIN + 32, y, measurement.candidate().name());
    }
    y += 14;
    double seconds = 0;
    double bytes = 0;
    for (Measurement measurement : measurements) {
      for (MemoryTrace.Sample sample : measurement.cost().memory()) {
        seconds = Math.max(seconds, sample.at().toMillis() / 1e3);
        bytes = Math.max(bytes, (double) sample.resident());
      }
    }
    double top = 40e6 * Math.ceil(bytes / 40e6);
    for (double level = 0; level <= top; level += top / 4) {
      int height = (int) (y + PANEL * (1 - level / top));
      line("grid", MARGIN + AXIS, height, WIDTH - MARGIN, height);
      text("small end", MARGIN + AXIS - 8, height + 4, Math.round(level / 1e6) + " MB");
    }
    for (int part = 0; part <= 4; part++) {
      int at = MARGIN + AXIS + (WIDTH - 2 * MARGIN - AXIS) * part / 4;
      text(
          part == 0 ? "small" : "small end",
          at,
          y + PANEL + 16,
          String.format(Locale.ROOT, "%.0f s", seconds * part / 4));
    }
    for (Measurement measurement : measurements) {
      String style = style(measurement.candidate().role());
      curve(style, measurement.cost().memory(), seconds, top, true);
      curve(style + " part", measurement.cost().memory(), seconds, top, false);
    }
    y += PANEL + 20;
  }

  private static String style(Candidate.Role role) {
    return switch (role) {
      case OURS -> "ours";
      case BEFORE -> "before";
      case OTHER -> "other";
    };
  }

  private void curve(
      String style, List<MemoryTrace.Sample> samples, double seconds, double top, boolean all) {
    int step = Math.max(1, samples.size() / POINTS);
    body.append("  <polyline class=\"").append(style).append("\" points=\"");
    for (int index = 0; index < samples.size(); index += step) {
      MemoryTrace.Sample sample = samples.get(index);
      double bytes = all ? sample.resident() : sample.own();
      body.append(
          String.format(
              Locale.ROOT,
              "%s%.1f,%.1f",
              index == 0 ? "" : " ",
              MARGIN
                  + AXIS
                  + (WIDTH - 2.0 * MARGIN - AXIS) * sample.at().toMillis() / 1e3 / seconds,
              y + PANEL * (1 - bytes / top)));
    }
    body.append("\"/>\n");
  }

  private void line(String style, int x1, int y1, int x2, int y2) {
    body.append(
        String.format(
            Locale.ROOT,
            "  <line class=\"%s\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>%n",
            style,
            x1,
            y1,
            x2,
            y2));
  }

  private void text(String style, int x, int atY, String words) {
    Chart.text(body, style, x, atY, words);
  }

  private String svg() {
    return """
    <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" viewBox="0 0 %1$d %2$d" \
    role="img" aria-label="Resident memory while one field of all is changed">
      <style>
        svg { background: #ffffff; font-family: system-ui, sans-serif; font-size: 13px; }
        text { fill: #24292f; }
        polyline, line { fill: none; stroke-width: 2; }
        .title { font-size: 18px; font-weight: 600; }
        .heading { font-size: 14px; font-weight: 600; }
        .small { font-size: 11px; fill: #6e7781; }
        .end { text-anchor: end; }
        .grid { stroke: #d0d7de; stroke-width: 1; }
        .ours { stroke: #1f6feb; }
        .before { stroke: #bf8700; }
        .other { stroke: #8c959f; }
        .part { stroke-width: 1; stroke-dasharray: 4 3; }
        @media (prefers-color-scheme: dark) {
          svg { background: #0d1117; }
          text { fill: #e6edf3; }
          .small { fill: #8b949e; }
          .grid { stroke: #30363d; }
          .ours { stroke: #58a6ff; }
          .before { stroke: #d29922; }
        }
      </style>
    %3$s</svg>
    """
        .formatted(WIDTH, y + MARGIN, body);
  }
}
