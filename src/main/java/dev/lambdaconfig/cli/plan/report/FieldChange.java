package dev.lambdaconfig.cli.plan.report;

import dev.lambdaconfig.model.Value;
import dev.lambdaconfig.plan.Difference;
import org.jspecify.annotations.Nullable;

/**
 * A field of a function that is not as its manifest declares it. Of an environment variable the
 * values are {@code missing}, {@code present} or {@code differs}.
 *
 * @param path the path in the spec; for an environment variable it ends with the variable's name
 * @param from the value of the function, or null where it has none
 * @param to the value in the spec, or null where it clears the field
 * @param line the line of the field in its file, or of what it is missing in
 */
public record FieldChange(String path, @Nullable Value from, @Nullable Value to, int line) {

  private static final Value MISSING = Value.text("missing");
  private static final Value PRESENT = Value.text("present");
  private static final Value DIFFERS = Value.text("differs");

  /** The kinds of changes, as they are marked in a text. */
  public enum Kind {
    /** The function has no value yet. */
    ADDED,
    /** The function has a value, and is to have another one. */
    CHANGED,
    /** The function has a value, and is to have none. */
    REMOVED
  }

  /**
   * The change that closes a difference.
   *
   * @param line the line of the field in its file
   */
  public static FieldChange of(Difference difference, int line) {
    return switch (isVariable(difference) ? difference.desired() : "") {
      case "missing" -> new FieldChange(difference.path(), MISSING, PRESENT, line);
      case "extra" -> new FieldChange(difference.path(), PRESENT, MISSING, line);
      case "differs" -> new FieldChange(difference.path(), PRESENT, DIFFERS, line);
      default ->
          new FieldChange(
              difference.path(), shown(difference.found()), shown(difference.wanted()), line);
    };
  }

  private static boolean isVariable(Difference difference) {
    return difference.path().startsWith("environment.variables.");
  }

  private static @Nullable Value shown(@Nullable Value value) {
    return value == null || value.isEmpty() ? null : value;
  }

  /** Whether the change is one of an environment variable, of which no value is shown. */
  public boolean isOfVariable() {
    return path.startsWith("environment.variables.");
  }

  /** The kind of the change. */
  public Kind kind() {
    if (from == null || (from.equals(MISSING) && isOfVariable())) {
      return Kind.ADDED;
    }
    return to == null || (to.equals(MISSING) && isOfVariable()) ? Kind.REMOVED : Kind.CHANGED;
  }
}
