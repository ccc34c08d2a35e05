package dev.lambdaconfig.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Columns as wide as need be. */
final class ConsoleTable {

  private ConsoleTable() {}

  static void print(PrintStream out, List<String> headings, List<List<String>> rows) {
    List<List<String>> all = new ArrayList<>();
    all.add(headings);
    all.addAll(rows);
    int[] widths = new int[headings.size()];
    for (List<String> row : all) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], row.get(column).length());
      }
    }
    for (List<String> row : all) {
      StringBuilder line = new StringBuilder("  ");
      for (int column = 0; column < widths.length; column++) {
        line.append(row.get(column))
            .append(" ".repeat(widths[column] - row.get(column).length() + 3));
      }
      out.println(line.toString().stripTrailing());
    }
  }
}
