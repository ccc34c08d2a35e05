package dev.lambdaconfig.plan.field;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.plan.field.Field.Shape;
import dev.lambdaconfig.text.Spelling;
import dev.lambdaconfig.text.WholeText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The fields that an annotation names because their drift is to be ignored: paths of fields, of
 * whole blocks, and of single environment variables.
 */
public final class IgnoredFields {

  /** The fields of a resource without the annotation. */
  public static final IgnoredFields NONE = new IgnoredFields(Set.of(), List.of());

  private static final int MOST_PROBLEMS = 5;
  private static final int LONGEST_NAME = 100;
  private static final Pattern SEPARATOR = Pattern.compile("[,\\s]+");
  private static final Pattern VARIABLE = Pattern.compile("[a-zA-Z][a-zA-Z0-9_]+");

  private final Set<String> named;
  private final List<String> problems;

  private IgnoredFields(Set<String> named, List<String> problems) {
    this.named = named;
    this.problems = problems;
  }

  /** Reads the value of an annotation; null stands for none. It never fails: see problems(). */
  public static IgnoredFields of(@Nullable String annotation) {
    if (annotation == null || annotation.isBlank()) {
      return NONE;
    }
    if (annotation.length() > LambdaFunctionConfig.LONGEST_IGNORE_DRIFT) {
      return new IgnoredFields(
          Set.of(),
          List.of(
              "%s has more than %d characters: name whole blocks, such as vpcConfig, in place of"
                      .formatted(
                          LambdaFunctionConfig.IGNORE_DRIFT,
                          LambdaFunctionConfig.LONGEST_IGNORE_DRIFT)
                  + " their fields"));
    }
    Set<String> named = new LinkedHashSet<>();
    List<String> unknown = new ArrayList<>();
    SEPARATOR
        .splitAsStream(annotation)
        .filter(name -> !name.isEmpty())
        .distinct()
        .forEach(name -> (isKnown(name) ? named : unknown).add(name));
    return new IgnoredFields(named, unknown.isEmpty() ? List.of() : List.of(problem(unknown)));
  }

  private static boolean isKnown(String name) {
    return fields().anyMatch(field -> names(name, field) || isVariable(name, field));
  }

  private static Stream<Field> fields() {
    return FieldTable.MEMBERS.stream().flatMap(member -> member.fields().stream());
  }

  /** Whether a name is that of the field, or of a block that has it. */
  private static boolean names(String name, Field field) {
    return FieldPaths.isWithin(name, field.path());
  }

  private static boolean isVariable(String name, Field field) {
    return field.shape() == Shape.VARIABLES
        && name.startsWith(field.path() + ".")
        && VARIABLE.matcher(name.substring(field.path().length() + 1)).matches();
  }

  private static String problem(List<String> unknown) {
    List<String> shown =
        unknown.stream().limit(MOST_PROBLEMS).map(IgnoredFields::corrected).toList();
    int more = unknown.size() - shown.size();
    return LambdaFunctionConfig.IGNORE_DRIFT
        + " names what is no setting of the spec: "
        + String.join("; ", shown)
        + (more == 0 ? "" : "; and " + more + " more");
  }

  private static String corrected(String name) {
    String nearest = nearest(name);
    return WholeText.shortened(name, LONGEST_NAME)
        + (nearest == null
            ? " (write paths of settings, such as memorySize, vpcConfig.subnetIds or"
                + " environment.variables.LOG_LEVEL)"
            : " (did you mean " + nearest + "?)");
  }

  /** The path that is nearest to a misspelt one, whole or by its last part, or null. */
  private static @Nullable String nearest(String name) {
    if (name.length() > LONGEST_NAME) {
      return null;
    }
    Set<String> paths = new TreeSet<>();
    fields()
        .map(Field::path)
        .forEach(
            path -> {
              for (int end = path.indexOf('.'); end > 0; end = path.indexOf('.', end + 1)) {
                paths.add(path.substring(0, end));
              }
              paths.add(path);
            });
    int most = Math.max(2, name.length() / 3);
    return paths.stream()
        .filter(path -> distance(name, path) <= most || isBegun(name, path))
        .min(Comparator.comparingInt(path -> distance(name, path)))
        .orElse(null);
  }

  private static boolean isBegun(String name, String path) {
    return name.length() > 2
        && path.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT));
  }

  private static int distance(String name, String path) {
    String wrong = name.toLowerCase(Locale.ROOT).replaceFirst("^spec\\.", "");
    String right = path.toLowerCase(Locale.ROOT);
    return Math.min(
        Spelling.distance(wrong, right),
        Spelling.distance(wrong, right.substring(right.lastIndexOf('.') + 1)));
  }

  /** The problems of the annotation, each with what to write instead. */
  public List<String> problems() {
    return problems;
  }

  /** Whether the drift of a field is ignored as a whole. */
  public boolean ignores(Field field) {
    return named.stream().anyMatch(name -> names(name, field));
  }

  /** The environment variables of a field whose drift is ignored, as paths. */
  public List<String> variablesOf(Field field) {
    return ignores(field)
        ? List.of()
        : named.stream().filter(name -> isVariable(name, field)).toList();
  }
}
