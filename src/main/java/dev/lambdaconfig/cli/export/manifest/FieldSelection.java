package dev.lambdaconfig.cli.export.manifest;

import dev.lambdaconfig.model.Value;
import dev.lambdaconfig.plan.field.Field;
import dev.lambdaconfig.plan.field.FieldPaths;
import dev.lambdaconfig.plan.field.FieldTable;
import dev.lambdaconfig.text.Spelling;
import dev.lambdaconfig.text.WholeText;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields to declare: those that are named, whatever their values are; or else all that are set
 * beyond AWS's defaults.
 */
public final class FieldSelection {

  /** The name that stands for all fields, with AWS's defaults. */
  public static final String ALL = "all";

  /** All fields that are set beyond AWS's defaults. */
  public static final FieldSelection BEYOND_DEFAULTS = new FieldSelection(Set.of(), Set.of());

  private static final int LONGEST_NAME = 100;

  private final Set<String> named;
  private final Set<String> except;

  private FieldSelection(Set<String> named, Set<String> except) {
    this.named = named;
    this.except = except;
  }

  /**
   * The fields of some names.
   *
   * @param named paths of fields or blocks, or {@link #ALL}; none for what is set beyond defaults
   * @param except paths of fields or blocks that are left out
   */
  public static FieldSelection of(List<String> named, List<String> except) {
    return new FieldSelection(new LinkedHashSet<>(named), new LinkedHashSet<>(except));
  }

  /**
   * The problems of names of fields, with the nearest that exist.
   *
   * @param option the option that has them, for the messages
   */
  public static List<String> problems(String option, List<String> names) {
    List<String> problems = new ArrayList<>();
    Set<String> known = known();
    for (String name : names) {
      if (!known.contains(name) && !name.equals(ALL)) {
        problems.add(
            "%s: '%s' is no field of a spec: %s"
                .formatted(
                    option, WholeText.shortened(name, LONGEST_NAME), suggestion(name, known)));
      }
    }
    return problems;
  }

  private static String suggestion(String name, Set<String> known) {
    String wrong = WholeText.start(name, LONGEST_NAME).replaceFirst("^spec\\.", "");
    String lower = wrong.toLowerCase(Locale.ROOT);
    for (String path : known) {
      String last = path.substring(path.lastIndexOf('.') + 1);
      if (path.toLowerCase(Locale.ROOT).equals(lower)
          || last.toLowerCase(Locale.ROOT).equals(lower)) {
        return "did you mean " + path + "?";
      }
    }
    return Spelling.nearest(wrong, known, Math.max(2, wrong.length() / 3))
        .map(path -> "did you mean " + path + "?")
        .orElse("write paths such as memorySize, vpcConfig or loggingConfig.logFormat");
  }

  /** The paths of all fields, and of the blocks that have them. */
  private static Set<String> known() {
    Set<String> known = new LinkedHashSet<>();
    for (String path : FieldTable.paths()) {
      for (int end = path.indexOf('.'); end > 0; end = path.indexOf('.', end + 1)) {
        known.add(path.substring(0, end));
      }
      known.add(path);
    }
    return known;
  }

  /** Whether a field may be declared at all. */
  public boolean includes(Field field) {
    boolean chosen = named.isEmpty() || named.contains(ALL) || isIn(named, field);
    return chosen && !isIn(except, field);
  }

  /**
   * Whether a value of a field is to be declared.
   *
   * @param member the member that the field is part of
   */
  public boolean declares(Field field, Value value, String functionName, @Nullable Value member) {
    if (value.isEmpty() || !includes(field)) {
      return false;
    }
    return !named.isEmpty() || !value.equals(field.defaultValue().of(functionName, member));
  }

  private static boolean isIn(Set<String> names, Field field) {
    return names.stream().anyMatch(name -> FieldPaths.isWithin(name, field.path()));
  }
}
