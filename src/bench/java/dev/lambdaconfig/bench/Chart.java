package dev.lambdaconfig.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Panels of horizontal bars, each panel with a scale of its own, as an SVG for light and dark. */
final class Chart {

  /**
   * One bar.
   *
   * @param text the value as people read it
   * @param ours whether it is what this is about
   */
  record Bar(String label, double value, String text, boolean ours) {}

  private record Panel(String title, List<Bar> bars) {}

  private static final int WIDTH = 860;
  private static final int MARGIN = 24;
  private static final int LABELS = 150;
  private static final int VALUES = 90;
  private static final int BAR = 18;
  private static final int STEP = 26;
  private static final int LEAST = 2;

  private final String title;
  private final String subtitle;
  private final List<Panel> panels = new ArrayList<>();

  Chart(String title, String subtitle) {
    this.title = title;
    this.subtitle = subtitle;
  }

  void panel(String heading, Bar... bars) {
    panels.add(new Panel(heading, List.of(bars)));
  }

  boolean isEmpty() {
    return panels.isEmpty();
  }

  String svg() {
    StringBuilder body = new StringBuilder();
    int y = MARGIN + 12;
    text(body, "title", MARGIN, y, title);
    y += 20;
    text(body, "small", MARGIN, y, subtitle);
    for (Panel panel : panels) {
      y += 40;
      text(body, "heading", MARGIN, y, panel.title());
      y += 12;
      double most = panel.bars().stream().mapToDouble(Bar::value).max().orElse(1);
      for (Bar bar : panel.bars()) {
        double room = WIDTH - 2.0 * MARGIN - LABELS - VALUES;
        double length = Math.max(LEAST, room * bar.value() / most);
        text(body, "label", MARGIN, y + 14, bar.label());
        body.append(
            String.format(
                Locale.ROOT,
                "  <rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"2\"/>%n",
                bar.ours() ? "ours" : "other",
                MARGIN + LABELS,
                y,
                length,
                BAR));
        text(
            body,
            bar.ours() ? "value strong" : "value",
            (int) (MARGIN + LABELS + length + 8),
            y + 14,
            bar.text());
        y += STEP;
      }
    }
    int height = y + MARGIN;
    return """
    <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" viewBox="0 0 %1$d %2$d" \
    role="img" aria-label="%3$s">
      <style>
        svg { background: #ffffff; font-family: system-ui, sans-serif; font-size: 13px; }
        text { fill: #24292f; }
        .title { font-size: 18px; font-weight: 600; }
        .heading { font-size: 14px; font-weight: 600; }
        .small { font-size: 11px; fill: #6e7781; }
        .strong { font-weight: 600; }
        .ours { fill: #1f6feb; }
        .other { fill: #afb8c1; }
        @media (prefers-color-scheme: dark) {
          svg { background: #0d1117; }
          text { fill: #e6edf3; }
          .small { fill: #8b949e; }
          .other { fill: #57606a; }
        }
      </style>
    %4$s</svg>
    """
        .formatted(WIDTH, height, escaped(title), body);
  }

  static void text(StringBuilder body, String style, int x, int y, String text) {
    body.append(
        String.format(
            Locale.ROOT,
            "  <text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>%n",
            style,
            x,
            y,
            escaped(text)));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
