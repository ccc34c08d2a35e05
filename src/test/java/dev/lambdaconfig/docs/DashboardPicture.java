package dev.lambdaconfig.docs;

import static dev.lambdaconfig.docs.DashboardPlot.append;
import static dev.lambdaconfig.docs.DashboardPlot.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lambdaconfig.docs.DashboardRecording.Series;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Draws the dashboard from its own file and a recording of its queries: each panel in its place,
 * with its title, unit, legend and colours. It is no picture of Grafana's, and says so.
 */
final class DashboardPicture {

  static final Path DASHBOARD = Path.of("deploy/grafana/lambda-config-operator.json");

  private static final double COLUMN = 40;
  private static final double ROW = 27;
  private static final double HEAD = 50;
  private static final double GAP = 4;
  private static final double CHARACTER = 7;
  private static final double LINE = 17;

  /** The colours of series without one of their own, in order, as the classes of a style. */
  private static final List<String> PALETTE =
      List.of(
          "green", "yellow", "blue", "orange", "purple", "red", "teal", "pink", "grey", "brown");

  private static final String LIGHT =
      """
      svg { background: #f4f5f5; }
      text { fill: #24292f; }
      .small { fill: #57606a; }
      .panel { fill: #ffffff; stroke: #d8dee4; }
      .grid { stroke: #e6e9ec; }
      .empty { fill: #e6e9ec; }
      .green { fill: #2da44e; stroke: #2da44e; }
      .yellow { fill: #bf8700; stroke: #bf8700; }
      .blue { fill: #218bff; stroke: #218bff; }
      .orange { fill: #e16f24; stroke: #e16f24; }
      .purple { fill: #8250df; stroke: #8250df; }
      .red { fill: #cf222e; stroke: #cf222e; }
      .dark-red { fill: #82071e; stroke: #82071e; }
      .teal { fill: #0b8a8a; stroke: #0b8a8a; }
      .pink { fill: #bf3989; stroke: #bf3989; }
      .grey { fill: #6e7781; stroke: #6e7781; }
      .brown { fill: #7d4e00; stroke: #7d4e00; }
      """;

  private static final String DARK =
      """
      svg { background: #0d1117; }
      text { fill: #e6edf3; }
      .small { fill: #9198a1; }
      .panel { fill: #161b22; stroke: #30363d; }
      .grid { stroke: #262c34; }
      .empty { fill: #262c34; }
      .green { fill: #3fb950; stroke: #3fb950; }
      .yellow { fill: #e3b341; stroke: #e3b341; }
      .blue { fill: #58a6ff; stroke: #58a6ff; }
      .orange { fill: #f0883e; stroke: #f0883e; }
      .purple { fill: #bc8cff; stroke: #bc8cff; }
      .red { fill: #ff7b72; stroke: #ff7b72; }
      .dark-red { fill: #da3633; stroke: #da3633; }
      .teal { fill: #39c5cf; stroke: #39c5cf; }
      .pink { fill: #f778ba; stroke: #f778ba; }
      .grey { fill: #8b949e; stroke: #8b949e; }
      .brown { fill: #c69026; stroke: #c69026; }
      """;

  private final StringBuilder svg = new StringBuilder();
  private final DashboardRecording recording;

  private DashboardPicture(DashboardRecording recording) {
    this.recording = recording;
  }

  static JsonNode dashboard(Path base) throws IOException {
    return new ObjectMapper().readTree(Files.readString(base.resolve(DASHBOARD)));
  }

  /** The picture of a dashboard for a theme. */
  static String of(JsonNode dashboard, DashboardRecording recording, Svg.Theme theme) {
    DashboardPicture picture = new DashboardPicture(recording);
    picture.draw(dashboard, theme == Svg.Theme.LIGHT ? LIGHT : DARK);
    return picture.svg.toString();
  }

  private void draw(JsonNode dashboard, String colours) {
    double rows = 0;
    for (JsonNode panel : dashboard.path("panels")) {
      JsonNode place = panel.path("gridPos");
      rows = Math.max(rows, place.path("y").asDouble() + place.path("h").asDouble());
    }
    append(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1$s\" height=\"%2$s\""
            + " viewBox=\"0 0 %1$s %2$s\" role=\"img\" aria-labelledby=\"title\">",
        24 * COLUMN,
        HEAD + rows * ROW + GAP);
    append(svg, "<title id=\"title\">%s</title>", "The dashboard over recorded metrics");
    svg.append("<style>\n").append(colours);
    svg.append(
        """
        text { font: 12px system-ui, 'Segoe UI', Helvetica, Arial, sans-serif; }
        .title { font-size: 13px; font-weight: 600; }
        .row { font-size: 15px; font-weight: 600; }
        .stat { font-size: 32px; font-weight: 600; }
        text, .area { stroke: none; }
        .end { text-anchor: end; }
        .middle { text-anchor: middle; }
        .line { fill: none; stroke-width: 1.5; stroke-linejoin: round; }
        .limit { stroke: #cf222e; stroke-dasharray: 6 4; }
        </style>
        """);
    text(svg, "row", GAP + 4, 20, dashboard.path("title").asText());
    text(
        svg,
        "small",
        GAP + 4,
        40,
        "Drawn from the queries of the dashboard, not by Grafana. Recorded on %s: %s."
            .formatted(recording.fact("from").substring(0, 10), recording.fact("fleet")));
    for (JsonNode panel : dashboard.path("panels")) {
      draw(panel);
    }
    svg.append("</svg>\n");
  }

  private void draw(JsonNode panel) {
    JsonNode place = panel.path("gridPos");
    Frame frame =
        new Frame(
            place.path("x").asDouble() * COLUMN + GAP,
            HEAD + place.path("y").asDouble() * ROW + GAP,
            place.path("w").asDouble() * COLUMN - 2 * GAP,
            place.path("h").asDouble() * ROW - 2 * GAP);
    String title = panel.path("title").asText();
    if (panel.path("type").asText().equals("row")) {
      text(svg, "row", frame.x() + 4, frame.y() + 16, title);
      return;
    }
    append(
        svg,
        "<rect class=\"panel\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"3\"/>",
        frame.x(),
        frame.y(),
        frame.w(),
        frame.h());
    text(svg, "title", frame.x() + 10, frame.y() + 19, title);
    List<Series> series = new ArrayList<>();
    boolean recorded = true;
    for (JsonNode target : panel.path("targets")) {
      recorded &= recording.has(target);
      series.addAll(recording.series(target));
    }
    boolean mayBeEmpty = panel.path("type").asText().equals("stat");
    if (!recorded || (series.isEmpty() && !mayBeEmpty)) {
      String words = recorded ? "No data" : "Not recorded";
      text(svg, "small middle", frame.x() + frame.w() / 2, frame.y() + frame.h() / 2 + 10, words);
      return;
    }
    switch (panel.path("type").asText()) {
      case "stat" -> stat(panel, frame, series);
      case "bargauge" -> bars(panel, frame, series);
      case "timeseries" -> plot(panel, frame, series);
      default -> throw new IllegalArgumentException("no picture of " + panel.path("type"));
    }
  }

  /** A rectangle of the picture. */
  private record Frame(double x, double y, double w, double h) {}

  private static DashboardUnit unit(JsonNode panel) {
    return DashboardUnit.of(panel.at("/fieldConfig/defaults/unit").asText());
  }

  private void stat(JsonNode panel, Frame frame, List<Series> series) {
    double value = series.isEmpty() ? Double.NaN : series.getFirst().last();
    String colour = "grey";
    for (JsonNode step : panel.at("/fieldConfig/defaults/thresholds/steps")) {
      if (step.path("value").asDouble(Double.NEGATIVE_INFINITY) <= value) {
        colour = step.path("color").asText();
      }
    }
    String words =
        Double.isNaN(value)
            ? panel.at("/fieldConfig/defaults/noValue").asText()
            : unit(panel).text(value);
    String style = "stat middle " + colour;
    text(svg, style, frame.x() + frame.w() / 2, frame.y() + frame.h() / 2 + 22, words);
  }

  private void bars(JsonNode panel, Frame frame, List<Series> all) {
    List<Series> series = all.stream().filter(each -> Double.isFinite(each.last())).toList();
    double most = series.stream().mapToDouble(Series::last).max().orElse(1);
    double labels = 150;
    double room = frame.w() - labels - 70;
    double high = Math.min(30, (frame.h() - 36) / series.size());
    for (int index = 0; index < series.size(); index++) {
      Series each = series.get(index);
      double y = frame.y() + 34 + index * high;
      text(svg, "small end", frame.x() + labels, y + high / 2 + 4, each.name());
      String bar = "<rect class=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"2\"/>";
      double x = frame.x() + labels + 10;
      append(svg, bar, "empty", x, y + 3, room, high - 6);
      String colour = PALETTE.get(index % PALETTE.size());
      append(svg, bar, colour + " area", x, y + 3, room * each.last() / most, high - 6);
      text(svg, "title", x + room + 10, y + high / 2 + 4, unit(panel).text(each.last()));
    }
  }

  private void plot(JsonNode panel, Frame frame, List<Series> series) {
    List<String> colours = new ArrayList<>();
    for (int index = 0; index < series.size(); index++) {
      String own = fixedColour(panel, series.get(index).name());
      colours.add(own.isEmpty() ? PALETTE.get(index % PALETTE.size()) : own);
    }
    double legend = legend(frame, series, colours);
    JsonNode custom = panel.at("/fieldConfig/defaults/custom");
    double beside = 70;
    DashboardPlot plot =
        new DashboardPlot(
            frame.x() + beside,
            frame.y() + 32,
            frame.w() - beside - 14,
            legend - frame.y() - 32 - 24,
            recording.time().toSeconds(),
            unit(panel),
            custom.path("drawStyle").asText().equals("bars"),
            custom.at("/stacking/mode").asText().equals("normal"),
            custom.path("fillOpacity").asDouble() / 100,
            custom.at("/thresholdsStyle/mode").asText().equals("line")
                ? panel.at("/fieldConfig/defaults/thresholds/steps/1/value").asDouble()
                : Double.NaN);
    plot.draw(
        svg,
        series,
        colours,
        panel.at("/fieldConfig/defaults/max").asDouble(custom.path("axisSoftMax").asDouble()));
  }

  private static String fixedColour(JsonNode panel, String name) {
    for (JsonNode override : panel.at("/fieldConfig/overrides")) {
      if (override.at("/matcher/options").asText().equals(name)) {
        return override.at("/properties/0/value/fixedColor").asText();
      }
    }
    return "";
  }

  /** Draws the names in lines at the bottom; the upper edge of the first one. */
  private double legend(Frame frame, List<Series> series, List<String> colours) {
    List<List<Integer>> lines = new ArrayList<>(List.of(new ArrayList<>()));
    double used = 0;
    for (int index = 0; index < series.size(); index++) {
      double width = width(series.get(index));
      if (used + width > frame.w() - 10 && !lines.getLast().isEmpty()) {
        lines.add(new ArrayList<>());
        used = 0;
      }
      lines.getLast().add(index);
      used += width;
    }
    double top = frame.y() + frame.h() - lines.size() * LINE - 2;
    for (int line = 0; line < lines.size(); line++) {
      double x = frame.x() + 10;
      for (int index : lines.get(line)) {
        double y = top + line * LINE + 13;
        String key = "<rect class=\"%s area\" x=\"%s\" y=\"%s\" width=\"12\" height=\"4\"/>";
        append(svg, key, colours.get(index), x, y - 6);
        text(svg, "small", x + 16, y, series.get(index).name());
        x += width(series.get(index));
      }
    }
    return top;
  }

  private static double width(Series series) {
    return 28 + CHARACTER * series.name().length();
  }
}
