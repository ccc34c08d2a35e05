package dev.lambdaconfig.cli.export.estate;

import dev.lambdaconfig.cli.export.source.ExportException;
import dev.lambdaconfig.model.FunctionReference;
import dev.lambdaconfig.text.WholeText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A list of functions: a name or an ARN on each line, and comments that begin with #. */
public final class FunctionNames {

  /** More functions than any account has. */
  private static final int MOST = 100_000;

  private static final int LONGEST_LINE = 200;

  private FunctionNames() {}

  /**
   * Reads a list, each function once, in the order of the lines.
   *
   * @param source the name of the list, for messages
   * @throws ExportException with the lines that name no function
   */
  public static List<FunctionReference> read(Reader reader, String source) throws ExportException {
    Set<FunctionReference> names = new LinkedHashSet<>();
    List<String> problems = new ArrayList<>();
    try (BufferedReader lines = new BufferedReader(reader)) {
      int number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        String name = withoutComment(line);
        if (name.isEmpty()) {
          continue;
        }
        try {
          names.add(FunctionReference.parse(name));
        } catch (IllegalArgumentException e) {
          problems.add(
              "%s:%d: '%s': %s"
                  .formatted(
                      source, number, WholeText.shortened(name, LONGEST_LINE), e.getMessage()));
        }
        if (names.size() > MOST || problems.size() > LONGEST_LINE) {
          problems.add("%s has more than %d functions or faults".formatted(source, MOST));
          break;
        }
      }
    } catch (IOException e) {
      throw new ExportException(
          "%s cannot be read (%s): name a file with a function on each line, or pipe one to --from-file -"
              .formatted(source, e.getMessage()),
          e);
    }
    if (!problems.isEmpty()) {
      throw new ExportException(String.join("\n", problems));
    }
    if (names.isEmpty()) {
      throw new ExportException(source + " names no function: write one on each line");
    }
    return List.copyOf(names);
  }

  private static String withoutComment(String line) {
    int comment = line.indexOf('#');
    String name = comment < 0 ? line : line.substring(0, comment);
    return name.replace("\ufeff", "").strip();
  }
}
