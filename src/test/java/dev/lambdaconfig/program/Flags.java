package dev.lambdaconfig.program;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** A program's arguments, as {@code --name=value}. */
public final class Flags {

  private final Map<String, String> values;

  private Flags(Map<String, String> values) {
    this.values = values;
  }

  /**
   * Reads arguments.
   *
   * @throws IllegalArgumentException if one is not of the known flags
   */
  public static Flags parse(Set<String> known, String... arguments) {
    Map<String, String> values = new HashMap<>();
    for (String argument : arguments) {
      String[] flag = argument.split("=", 2);
      String name = flag[0].replaceFirst("^--", "");
      if (flag.length != 2 || !known.contains(name)) {
        throw new IllegalArgumentException("unknown: " + argument + ", known: " + known);
      }
      values.put(name, flag[1]);
    }
    return new Flags(values);
  }

  public String text(String name, String otherwise) {
    return values.getOrDefault(name, otherwise);
  }

  /** Everything but {@code false} is on, so that a property without a value is. */
  public boolean isOn(String name) {
    return !text(name, "false").equals("false");
  }

  /** The folder that {@code basedir} names, or the one that the program runs in. */
  public Path basedir() {
    return Path.of(text("basedir", "")).toAbsolutePath();
  }
}
