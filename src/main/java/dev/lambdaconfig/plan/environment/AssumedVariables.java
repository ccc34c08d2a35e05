package dev.lambdaconfig.plan.environment;

import dev.lambdaconfig.api.ValueKeyRef;
import dev.lambdaconfig.model.source.SourceKey;
import dev.lambdaconfig.model.source.ValueSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The variables of sources that were not read, or could not be. Their values are taken from the
 * function, so that a comparison finds no difference where it cannot know of one.
 */
final class AssumedVariables {

  private static final String VARIABLES = "environment.variables.";

  /** The sources that were read, or null where no other one is assumed to exist. */
  private final @Nullable Map<SourceKey, ValueSource> read;

  private final Map<String, String> live;
  private final SortedMap<String, String> unread = new TreeMap<>();
  private final List<UnreadValue> whole = new ArrayList<>();

  /**
   * Assumes that the variables of all other sources are as the function has them.
   *
   * @param read the sources that were read, those without rights among them
   * @param live the environment variables of the function
   */
  AssumedVariables(@Nullable Map<SourceKey, ValueSource> read, Map<String, String> live) {
    this.read = read;
    this.live = live;
  }

  /** Assumes nothing: whatever was not read does not exist. */
  static AssumedVariables none() {
    return new AssumedVariables(null, Map.of());
  }

  /** Whether the variables of a source are assumed. */
  boolean covers(SourceKey source) {
    return read != null
        && switch (read.get(source)) {
          case ValueSource.Present present -> false;
          case ValueSource.Absent absent -> false;
          case ValueSource.Denied denied -> true;
          case null -> true;
        };
  }

  /** The reason why the source was not read, as the end of a sentence; empty where nobody tried. */
  private String why(SourceKey source) {
    return read != null && read.get(source) instanceof ValueSource.Denied(String message)
        ? ": " + message
        : "";
  }

  /** The value of a variable, or null where it may not exist. */
  @Nullable String one(SourceKey source, ValueKeyRef ref, String variable) {
    unread.put(variable, "from " + source + "/" + ref.key() + why(source));
    String value = live.get(variable);
    return value == null && !ref.isOptional() ? "" : value;
  }

  /** The variables that may come from a source of which all keys are taken. */
  SortedMap<String, String> all(SourceKey source, String prefix, Predicate<String> isVariable) {
    String named = prefix.isEmpty() ? "" : ", as " + prefix + "*";
    String from = "from " + source + ", all keys" + named + why(source);
    whole.add(new UnreadValue("environment.envFrom", from));
    SortedMap<String, String> variables = new TreeMap<>();
    live.forEach(
        (name, value) -> {
          if (name.startsWith(prefix) && isVariable.test(name)) {
            variables.put(name, value);
            unread.put(name, from);
          }
        });
    return variables;
  }

  /** Takes note that a source that was read, or the spec itself, has the value of a variable. */
  void known(String variable) {
    unread.remove(variable);
  }

  /** The variables that cannot be compared. */
  List<UnreadValue> unread() {
    List<UnreadValue> values = new ArrayList<>(whole);
    unread.forEach((name, source) -> values.add(new UnreadValue(VARIABLES + name, source)));
    return values;
  }
}
