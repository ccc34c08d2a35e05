package dev.lambdaconfig.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The end of a command's help: examples, and what is said after them. */
final class CommandHelp {

  private static final String EXAMPLES = "Examples:";

  private CommandHelp() {}

  /** The command lines of the examples. */
  static List<String> examples(String... footer) {
    return lines(footer)
        .dropWhile(line -> !line.equals(EXAMPLES))
        .skip(1)
        .takeWhile(line -> line.startsWith("  "))
        .map(String::strip)
        .toList();
  }

  /** The sentences after the examples. */
  static List<String> notes(String... footer) {
    List<String> notes = new ArrayList<>(lines(footer).toList());
    notes.removeIf(line -> line.isBlank() || line.equals(EXAMPLES) || line.startsWith("  "));
    return notes;
  }

  private static Stream<String> lines(String... footer) {
    return Stream.of(footer).flatMap(part -> part.replace("%n", "\n").lines());
  }
}
