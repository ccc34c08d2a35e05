package dev.lambdaconfig.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Prints lines of at most 110 columns; a longer line continues, indented, on the next one. */
final class Screen {

  private static final int WIDTH = 110;

  private final PrintStream out;

  Screen(PrintStream out) {
    this.out = out;
  }

  /** A line at the margin. */
  void line(String text) {
    print("", " ".repeat(4), text);
  }

  void blank() {
    out.println();
  }

  /** A line under a heading on the left. */
  void entry(String heading, String text) {
    print(String.format("%-15s ", heading), " ".repeat(16), text);
  }

  /** Prints one more line under the heading of the last {@link #entry}. */
  void more(String text) {
    entry("", text);
  }

  /** A table with columns as wide as need be. */
  void table(List<List<String>> rows) {
    int columns = rows.getFirst().size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 3));
      }
      out.println(line.toString().stripTrailing());
    }
  }

  static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
  }

  private synchronized void print(String first, String next, String text) {
    String indent = first;
    for (String line : text.split("\n", -1)) {
      wrap(indent, next, line);
      indent = next;
    }
  }

  private void wrap(String first, String next, String text) {
    String indent = first;
    String rest = text;
    while (indent.length() + rest.length() > WIDTH) {
      int most = WIDTH - indent.length();
      int cut = rest.lastIndexOf(' ', most);
      // A path or an address stays in one piece, even beyond the margin.
      if (cut <= 0) {
        cut = rest.indexOf(' ');
      }
      if (cut <= 0) {
        break;
      }
      out.println(indent + rest.substring(0, cut));
      rest = rest.substring(cut + 1);
      indent = next;
    }
    out.println(indent + rest);
  }
}
