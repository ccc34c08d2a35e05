package dev.lambdaconfig.cli.format;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** Rows of cells, each column as wide as its longest cell. */
public final class Table {

  private static final String BETWEEN = "  ";

  private final List<List<String>> rows = new ArrayList<>();
  private final Set<Integer> numbers;

  /**
   * Creates a table with its head.
   *
   * @param numbers the columns, counted from 0, whose cells end below each other
   */
  public Table(Set<Integer> numbers, String... head) {
    this.numbers = numbers;
    rows.add(List.of(head));
  }

  /** Adds a row with as many cells as the head has. */
  public void add(String... cells) {
    rows.add(List.of(cells));
  }

  /** Returns the lines, the head first, without blanks at their ends. */
  public List<String> lines() {
    List<Integer> widths = new ArrayList<>(Collections.nCopies(rows.get(0).size(), 0));
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        widths.set(i, Math.max(widths.get(i), row.get(i).length()));
      }
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private String line(List<String> row, List<Integer> widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      String blanks = " ".repeat(widths.get(i) - row.get(i).length());
      line.append(i == 0 ? "" : BETWEEN);
      line.append(numbers.contains(i) ? blanks + row.get(i) : row.get(i) + blanks);
    }
    return line.toString().stripTrailing();
  }
}
