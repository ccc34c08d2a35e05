package dev.lambdaconfig.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Draws what a command printed on a terminal of 100 columns as SVG, in its colours. Longer lines
 * are broken as a terminal breaks them.
 */
final class TerminalPicture {

  private static final int COLUMNS = 100;
  private static final int MARGIN = 16;
  private static final double COLUMN = 7.25;
  private static final int LINE = 18;

  private static final Pattern PIECE = Pattern.compile("\u001b\\[(\\d+)m|([^\u001b]+)");

  /** The classes of the styles that the text of a plan has, by their codes. */
  private static final Map<String, String> STYLES =
      Map.of("0", "", "1", "bold", "2", "faint", "31", "red", "32", "green", "33", "yellow");

  private static final String LIGHT =
      """
      page #ffffff #d1d9e0
      text #1f2328
      faint #59636e
      red #cf222e
      green #1a7f37
      yellow #9a6700
      """;

  private static final String DARK =
      """
      page #0d1117 #3d444d
      text #f0f6fc
      faint #9198a1
      red #ff7b72
      green #3fb950
      yellow #d29922
      """;

  private TerminalPicture() {}

  /** A piece of a line in one style. */
  private record Piece(String style, String text) {}

  /**
   * Draws a text.
   *
   * @param printed the text with the escapes of its colours
   * @param description the picture in words, for screen readers
   */
  static String of(String printed, String description, Svg.Theme theme) {
    List<List<Piece>> lines = lines(printed);
    int width = (int) Math.ceil(COLUMNS * COLUMN) + 2 * MARGIN;
    int height = lines.size() * LINE + 2 * MARGIN;
    StringBuilder svg = new StringBuilder();
    svg.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" role="img" aria-labelledby="desc">
          <desc id="desc">%s</desc>
          <style>
            text { font-family: ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace; }
            text { font-size: 12px; white-space: pre; }
            .bold { font-weight: 600; }
        """
            .formatted(width, height, width, height, escaped(description)));
    for (String colour : (theme == Svg.Theme.LIGHT ? LIGHT : DARK).lines().toList()) {
      String[] parts = colour.split(" ", -1);
      String name = parts[0].equals("text") ? "text" : "." + parts[0];
      String border = parts.length > 2 ? " stroke: %s;".formatted(parts[2]) : "";
      svg.append("    %s { fill: %s;%s }\n".formatted(name, parts[1], border));
    }
    svg.append("  </style>\n");
    svg.append(
        "  <rect class=\"page\" x=\"0.5\" y=\"0.5\" width=\"%d\" height=\"%d\" rx=\"6\"/>\n"
            .formatted(width - 1, height - 1));
    for (int i = 0; i < lines.size(); i++) {
      draw(svg, lines.get(i), MARGIN + i * LINE + 12);
    }
    return svg.append("</svg>\n").toString();
  }

  private static void draw(StringBuilder svg, List<Piece> line, int y) {
    int column = 0;
    for (Piece piece : line) {
      if (!piece.text().isBlank()) {
        svg.append(
            String.format(
                Locale.ROOT,
                "  <text x=\"%.2f\" y=\"%d\" textLength=\"%.2f\"%s"
                    + " xml:space=\"preserve\">%s</text>\n",
                MARGIN + column * COLUMN,
                y,
                piece.text().length() * COLUMN,
                piece.style().isEmpty() ? "" : " class=\"" + piece.style() + "\"",
                escaped(piece.text())));
      }
      column += piece.text().length();
    }
  }

  private static List<List<Piece>> lines(String printed) {
    List<List<Piece>> lines = new ArrayList<>();
    String style = "";
    for (String line : printed.lines().toList()) {
      List<Piece> pieces = new ArrayList<>();
      int column = 0;
      Matcher matcher = PIECE.matcher(line);
      while (matcher.find()) {
        String code = matcher.group(1);
        if (code != null) {
          style = style(code);
          continue;
        }
        String rest = matcher.group(2);
        while (!rest.isEmpty()) {
          if (column == COLUMNS) {
            lines.add(List.copyOf(pieces));
            pieces.clear();
            column = 0;
          }
          String fits = rest.substring(0, Math.min(rest.length(), COLUMNS - column));
          pieces.add(new Piece(style, fits));
          column += fits.length();
          rest = rest.substring(fits.length());
        }
      }
      lines.add(List.copyOf(pieces));
    }
    return lines;
  }

  private static String style(String code) {
    String style = STYLES.get(code);
    if (style == null) {
      throw new IllegalArgumentException("no picture has the style " + code);
    }
    return style;
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
