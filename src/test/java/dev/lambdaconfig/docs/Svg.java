package dev.lambdaconfig.docs;

import dev.lambdaconfig.docs.Drawing.Area;
import dev.lambdaconfig.docs.Drawing.Arrow;
import dev.lambdaconfig.docs.Drawing.Box;
import dev.lambdaconfig.docs.Drawing.Element;
import dev.lambdaconfig.docs.Drawing.Label;
import dev.lambdaconfig.docs.Drawing.Legend;
import dev.lambdaconfig.docs.Drawing.Point;
import java.util.List;
import java.util.Locale;

/**
 * Draws a {@link Drawing} as SVG, once for a light page and once for a dark one: GitHub shows the
 * one of the reader's theme by {@code <picture>}. A media query inside one file would follow the
 * reader's system instead.
 */
final class Svg {

  /** Pixels of a unit of the grid. */
  private static final int UNIT = 10;

  private static final double LINE = 16;

  /** The colours of a page: those of GitHub's own interface. */
  enum Theme {
    LIGHT(
        "#1f2328",
        "#59636e",
        "#ffffff",
        """
        plain #f6f8fa #d1d9e0
        gate #fff8c5 #d4a72c
        pure #ddf4ff #54aeff
        aws #fff1e5 #fb8f44
        kube #fbefff #c297ff
        good #dafbe1 #4ac26b
        busy #ddf4ff #54aeff
        bad #ffebe9 #ff8182
        off #eff2f5 #818b98
        """),
    DARK(
        "#f0f6fc",
        "#9198a1",
        "#0d1117",
        """
        plain #151b23 #3d444d
        gate #272115 #9e6a03
        pure #121d2f #1f6feb
        aws #2a1d12 #bd561d
        kube #211830 #8957e5
        good #12261e #238636
        busy #121d2f #1f6feb
        bad #25171c #da3633
        off #212830 #656c76
        """);

    private final String text;
    private final String muted;
    private final String page;

    /** A line for each kind of box: its name, its fill and its border. */
    private final String kinds;

    Theme(String text, String muted, String page, String kinds) {
      this.text = text;
      this.muted = muted;
      this.page = page;
      this.kinds = kinds;
    }
  }

  private final StringBuilder out = new StringBuilder();
  private final Theme theme;

  private Svg(Theme theme) {
    this.theme = theme;
  }

  /** The picture for a theme. */
  static String of(Drawing drawing, Theme theme) {
    Svg svg = new Svg(theme);
    svg.begin(drawing);
    for (Element element : drawing.elements()) {
      svg.draw(element);
    }
    svg.out.append("</svg>\n");
    return svg.out.toString();
  }

  private void begin(Drawing drawing) {
    int width = drawing.width() * UNIT;
    int height = drawing.height() * UNIT;
    line(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\""
            + " role=\"img\" aria-labelledby=\"title desc\">",
        width, height, width, height);
    line("  <title id=\"title\">%s</title>", escaped(drawing.title()));
    line("  <desc id=\"desc\">%s</desc>", escaped(drawing.description()));
    line("  <style>");
    line("    text { font-family: system-ui, 'Segoe UI', Helvetica, Arial, sans-serif; }");
    line("    text { font-size: 12px; fill: %s; }", theme.text);
    line("    .title { font-size: 14px; font-weight: 600; }");
    line("    .code { font-family: ui-monospace, Menlo, Consolas, monospace; }");
    line("    .code { font-size: 11px; fill: %s; }", theme.muted);
    line("    .label { fill: %s; stroke: %s; }", theme.muted, theme.page);
    line("    .label { stroke-width: 4px; stroke-linejoin: round; paint-order: stroke; }");
    line("    .arrow { fill: none; stroke: %s; stroke-width: 1.5px; }", theme.muted);
    line("    .head { fill: %s; }", theme.muted);
    line("    .area { fill: none; stroke: %s; stroke-dasharray: 2 5; }", theme.muted);
    for (String kind : theme.kinds.lines().toList()) {
      Object[] colours = kind.split(" ", -1);
      line("    .%s { fill: %s; stroke: %s; }", colours);
    }
    line("  </style>");
    line("  <marker id=\"head\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"8\"");
    line("      markerHeight=\"8\" markerUnits=\"userSpaceOnUse\" orient=\"auto\">");
    line("    <path class=\"head\" d=\"M0 0.5 L8 4 L0 7.5 z\"/>");
    line("  </marker>");
  }

  private void draw(Element element) {
    switch (element) {
      case Box box -> {
        rectangle(box);
        lines(box);
      }
      case Area(Box frame) -> {
        rectangle(frame);
        text(
            "label",
            frame.x() * UNIT + 12,
            frame.y() * UNIT + 4,
            "start",
            frame.lines().getFirst());
      }
      case Arrow arrow -> arrow(arrow);
      case Label label ->
          text("label", label.at().x() * UNIT, label.at().y() * UNIT, label.anchor(), label.text());
      case Legend key -> {
        rectangle(new Box(key.at().x(), key.at().y(), 1.6, 1.6, key.kind(), List.of()));
        text("small", (key.at().x() + 2.4) * UNIT, key.at().y() * UNIT + 12, "start", key.text());
      }
    }
  }

  private void rectangle(Box box) {
    line(
        "  <rect class=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"%s\"/>",
        known(box.kind()),
        number(box.x() * UNIT),
        number(box.y() * UNIT),
        number(box.w() * UNIT),
        number(box.h() * UNIT),
        box.lines().isEmpty() ? "3" : "6");
  }

  /** The lines of a box, in its middle. */
  private void lines(Box box) {
    double x = (box.x() + box.w() / 2) * UNIT;
    double y = (box.y() + box.h() / 2) * UNIT - (box.lines().size() - 1) * LINE / 2 + 4.5;
    for (int i = 0; i < box.lines().size(); i++) {
      String text = box.lines().get(i);
      boolean code = text.startsWith("`");
      String style = i == 0 ? "title" : code ? "code" : "small";
      text(style, x, y + i * LINE, "middle", code ? text.substring(1) : text);
    }
  }

  private void arrow(Arrow arrow) {
    StringBuilder path = new StringBuilder();
    for (Point point : arrow.points()) {
      path.append(path.isEmpty() ? "M" : " L")
          .append(number(point.x() * UNIT))
          .append(' ')
          .append(number(point.y() * UNIT));
    }
    line(
        "  <path class=\"arrow\" marker-end=\"url(#head)\"%s d=\"%s\"/>",
        arrow.dashed() ? " stroke-dasharray=\"4 4\"" : "", path);
  }

  private void text(String style, double x, double y, String anchor, String text) {
    line(
        "  <text class=\"%s\" x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>",
        style, number(x), number(y), anchor, escaped(text));
  }

  private String known(String kind) {
    if (!kind.equals("area")
        && theme.kinds.lines().noneMatch(line -> line.startsWith(kind + " "))) {
      throw new IllegalArgumentException("no kind of box: " + kind);
    }
    return kind;
  }

  private void line(String format, Object... values) {
    out.append(values.length == 0 ? format : String.format(Locale.ROOT, format, values))
        .append('\n');
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%.1f", value);
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
