package dev.lambdaconfig.docs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A picture of the documentation as its source describes it: boxes on a grid, arrows between their
 * sides, and text. {@code docs/images/README.md} has the language.
 *
 * @param width in units of the grid
 * @param height in units of the grid
 * @param title the name of the picture
 * @param description what it shows, for those who do not see it
 */
record Drawing(int width, int height, String title, String description, List<Element> elements) {

  /** Something to draw. Coordinates are in units of the grid. */
  sealed interface Element {}

  /** A rectangle with lines of text, the first of them its title; code begins with a backtick. */
  record Box(double x, double y, double w, double h, String kind, List<String> lines)
      implements Element {}

  /** A dashed frame around other boxes, with its name at the upper left corner. */
  record Area(Box frame) implements Element {}

  /** A line through points, with a head at the last one. */
  record Arrow(List<Point> points, boolean dashed) implements Element {}

  /** One line of text. */
  record Label(Point at, String anchor, String text) implements Element {}

  /** An entry of the legend. */
  record Legend(Point at, String kind, String text) implements Element {}

  record Point(double x, double y) {}

  private static final Pattern END = Pattern.compile("(\\w+)\\.([nesw])([+-][\\d.]+)?");
  private static final Pattern LABEL =
      Pattern.compile("(.*) @ ([\\d.]+) ([\\d.]+)(?: (start|end))?");

  /**
   * Reads a source.
   *
   * @throws IllegalArgumentException naming the line that cannot be read
   */
  static Drawing of(String source) {
    Reader reader = new Reader();
    for (String line : source.lines().map(String::strip).toList()) {
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      try {
        reader.read(line);
      } catch (RuntimeException e) {
        throw new IllegalArgumentException("cannot read: " + line, e);
      }
    }
    return reader.drawing();
  }

  /** Collects what the lines say. */
  private static final class Reader {

    private final Map<String, Box> boxes = new LinkedHashMap<>();
    private final List<Element> elements = new ArrayList<>();
    private int width;
    private int height;
    private String title = "";
    private String description = "";

    Drawing drawing() {
      return new Drawing(width, height, title, description, List.copyOf(elements));
    }

    void read(String line) {
      List<String> parts = Arrays.asList(line.split(" \\| ", -1));
      List<String> words = Arrays.asList(parts.getFirst().split("\\s+", -1));
      List<String> texts = parts.subList(1, parts.size());
      switch (words.getFirst()) {
        case "size" -> {
          width = Integer.parseInt(words.get(1));
          height = Integer.parseInt(words.get(2));
        }
        case "title" -> title = line.substring("title ".length());
        case "desc" -> description = line.substring("desc ".length());
        case "box" -> elements.add(box(words, words.get(6), texts));
        case "area" -> elements.add(new Area(box(words, "area", texts)));
        case "arrow" -> arrow(words, texts);
        case "text" -> {
          String anchor = words.size() > 3 ? words.get(3) : "middle";
          elements.add(new Label(point(words, 1), anchor, texts.getFirst()));
        }
        case "key" -> elements.add(new Legend(point(words, 1), words.get(3), texts.getFirst()));
        default -> throw new IllegalArgumentException("no element " + words.getFirst());
      }
    }

    private Box box(List<String> words, String kind, List<String> texts) {
      Point corner = point(words, 2);
      Point size = point(words, 4);
      Box box = new Box(corner.x(), corner.y(), size.x(), size.y(), kind, texts);
      boxes.put(words.get(1), box);
      return box;
    }

    private void arrow(List<String> words, List<String> texts) {
      List<Point> points = new ArrayList<>();
      points.add(end(words.get(1)));
      int via = words.indexOf("via");
      for (int i = via + 1; via > 0 && i + 1 < words.size(); i += 2) {
        points.add(point(words, i));
      }
      Point to = end(words.get(3));
      if (via < 0) {
        points.addAll(elbow(points.getFirst(), to, words.get(1)));
      }
      points.add(to);
      elements.add(new Arrow(List.copyOf(points), words.contains("dashed")));
      if (!texts.isEmpty()) {
        Matcher label = LABEL.matcher(texts.getFirst());
        if (!label.matches()) {
          throw new IllegalArgumentException("a label needs its place: | text @ x y");
        }
        Point at =
            new Point(Double.parseDouble(label.group(2)), Double.parseDouble(label.group(3)));
        String anchor = label.group(4) == null ? "middle" : label.group(4);
        elements.add(new Label(at, anchor, label.group(1)));
      }
    }

    /** Two corners half way, where the ends are not opposite each other. */
    private static List<Point> elbow(Point from, Point to, String end) {
      if (from.x() == to.x() || from.y() == to.y()) {
        return List.of();
      }
      if (end.matches("\\w+\\.[ns].*")) {
        double y = (from.y() + to.y()) / 2;
        return List.of(new Point(from.x(), y), new Point(to.x(), y));
      }
      double x = (from.x() + to.x()) / 2;
      return List.of(new Point(x, from.y()), new Point(x, to.y()));
    }

    /** The middle of a side of a box, or a point so many units beside it. */
    private Point end(String text) {
      Matcher end = END.matcher(text);
      Box box = end.matches() ? boxes.get(end.group(1)) : null;
      if (box == null) {
        throw new IllegalArgumentException("no side of a box: " + text);
      }
      double offset = end.group(3) == null ? 0 : Double.parseDouble(end.group(3));
      double x = box.x() + box.w() / 2 + offset;
      double y = box.y() + box.h() / 2 + offset;
      return switch (end.group(2)) {
        case "n" -> new Point(x, box.y());
        case "s" -> new Point(x, box.y() + box.h());
        case "w" -> new Point(box.x(), y);
        default -> new Point(box.x() + box.w(), y);
      };
    }

    private static Point point(List<String> words, int at) {
      return new Point(Double.parseDouble(words.get(at)), Double.parseDouble(words.get(at + 1)));
    }
  }
}
