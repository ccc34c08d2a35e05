package dev.lambdaconfig.plan.field;

import dev.lambdaconfig.model.Value;
import dev.lambdaconfig.model.Value.Secret;
import dev.lambdaconfig.model.Value.Structure;
import dev.lambdaconfig.text.Counted;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Environment variables of a function of which others set some. Their values are secrets. */
public final class Variables {

  /** Maximum size of the environment, as compact JSON (docs/aws.md#environment-size). */
  public static final int MOST_BYTES = 4096;

  /** Number of quotes, colons and commas around a variable. */
  private static final int AROUND_A_VARIABLE = 6;

  private static final int NAMES_SHOWN = 20;

  private Variables() {}

  /** The variables of a value, by name. */
  static Map<String, Value> of(@Nullable Value value) {
    return value instanceof Structure structure ? structure.members() : Map.of();
  }

  /** The spec's variables, and those of the function that are not owned. */
  static Value merged(Value own, Collection<String> owned, @Nullable Value live) {
    TreeMap<String, Value> all = new TreeMap<>(of(live));
    all.keySet().removeAll(owned);
    all.putAll(of(own));
    return new Structure(all);
  }

  /** The names of the variables of the spec that the function lacks, or has otherwise. */
  static List<String> taken(Value own, @Nullable Value live) {
    Map<String, Value> there = of(live);
    return of(own).entrySet().stream()
        .filter(variable -> !variable.getValue().equals(there.get(variable.getKey())))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The variables of the given names. */
  static Value only(Value value, Collection<String> names) {
    TreeMap<String, Value> some = new TreeMap<>(of(value));
    some.keySet().retainAll(names);
    return new Structure(some);
  }

  /** The reason for which a function cannot have all of these variables, or null. */
  static @Nullable String obstacle(Value own, Value all) {
    long bytes = leastBytes(texts(all));
    if (bytes <= MOST_BYTES) {
      return null;
    }
    List<String> others =
        of(all).keySet().stream().filter(name -> !of(own).containsKey(name)).toList();
    return "the variables of the spec and those of other writers are %d bytes together as JSON, and"
            .formatted(bytes)
        + " AWS allows at most %d: the spec has %d bytes; others have set %s (%s%s)"
            .formatted(
                MOST_BYTES,
                leastBytes(texts(own)),
                Counted.of(others.size(), "variable"),
                String.join(", ", others.stream().limit(NAMES_SHOWN).toList()),
                others.size() > NAMES_SHOWN ? ", ..." : "")
        + "; store large values elsewhere, or remove variables from either";
  }

  private static Map<String, String> texts(Value variables) {
    Map<String, String> texts = new LinkedHashMap<>();
    of(variables)
        .forEach(
            (name, value) -> texts.put(name, value instanceof Secret(String text) ? text : ""));
    return texts;
  }

  /**
   * The least number of bytes that variables can take: each character counts as one byte, because
   * it is not known how AWS counts what JSON escapes.
   */
  public static long leastBytes(Map<String, ? extends @Nullable String> variables) {
    long bytes = 1;
    for (Map.Entry<String, ? extends @Nullable String> variable : variables.entrySet()) {
      String value = Objects.requireNonNullElse(variable.getValue(), "");
      bytes += characters(variable.getKey()) + characters(value) + AROUND_A_VARIABLE;
    }
    return bytes;
  }

  private static long characters(String text) {
    return text.codePointCount(0, text.length());
  }
}
