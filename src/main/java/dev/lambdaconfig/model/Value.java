package dev.lambdaconfig.model;

import dev.lambdaconfig.text.WholeText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A value in a request to the Lambda API, or in its answer. Member names in a {@link Structure} are
 * the API's own ({@code SubnetIds}).
 */
public sealed interface Value {

  /**
   * A string, or a value of an enumeration, which AWS's own model may lack
   * (docs/aws.md#unknown-words).
   */
  record Text(String text) implements Value {
    public Text {
      text = WholeText.of(text);
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /** A string that must never be printed, such as the value of an environment variable. */
  record Secret(String text) implements Value {
    @Override
    public String toString() {
      return "(withheld)";
    }
  }

  /** A number. 1 and 1.0 are equal. */
  record Numeral(BigDecimal number) implements Value {
    public Numeral {
      number = number.stripTrailingZeros();
    }

    @Override
    public String toString() {
      return number.toPlainString();
    }
  }

  /** A boolean. */
  record Flag(boolean on) implements Value {
    @Override
    public String toString() {
      return Boolean.toString(on);
    }
  }

  /** A list, in order. */
  record Items(List<Value> items) implements Value {
    /** The empty list. */
    public static final Items EMPTY = new Items(List.of());

    public Items {
      items = List.copyOf(items);
    }

    @Override
    public String toString() {
      return items.toString();
    }
  }

  /** A structure by member name, or a map by key; iterates in the order of the names. */
  record Structure(SortedMap<String, Value> members) implements Value {
    /** The empty structure. */
    public static final Structure EMPTY = new Structure(new TreeMap<>());

    public Structure {
      members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
    }

    /** A structure of the given members. */
    public static Structure of(Map<String, ? extends Value> members) {
      return new Structure(new TreeMap<>(members));
    }

    /** The same structure with another value for a member. */
    public Structure with(String name, Value value) {
      TreeMap<String, Value> changed = new TreeMap<>(members);
      changed.put(name, value);
      return new Structure(changed);
    }

    /** The same structure with each value changed. */
    public Structure mapped(UnaryOperator<Value> change) {
      TreeMap<String, Value> changed = new TreeMap<>(members);
      changed.replaceAll((name, value) -> change.apply(value));
      return new Structure(changed);
    }

    /** The member at a path of names, or null where one of them is missing or no structure. */
    public @Nullable Value at(String... path) {
      Value value = this;
      for (String name : path) {
        value = value instanceof Structure structure ? structure.members.get(name) : null;
        if (value == null) {
          return null;
        }
      }
      return value;
    }

    /** The string at a path of names, or null where there is none. */
    public @Nullable String textAt(String... path) {
      return at(path) instanceof Text text ? text.text() : null;
    }

    /** The whole number at a path of names, or null where there is none. */
    public @Nullable Long wholeAt(String... path) {
      return at(path) instanceof Numeral number ? (Long) number.number().longValue() : null;
    }

    @Override
    public String toString() {
      return members.toString();
    }
  }

  /** A string. */
  static Text text(String text) {
    return new Text(text);
  }

  /** A whole number. */
  static Numeral number(long number) {
    return new Numeral(BigDecimal.valueOf(number));
  }

  /** A list of strings, in order. */
  static Items texts(List<String> texts) {
    List<Value> items = new ArrayList<>();
    texts.forEach(text -> items.add(new Text(text)));
    return new Items(items);
  }

  /** A map of strings that must never be printed. */
  static Structure secrets(Map<String, String> secrets) {
    TreeMap<String, Value> members = new TreeMap<>();
    secrets.forEach((key, secret) -> members.put(key, new Secret(secret)));
    return new Structure(members);
  }

  /** Whether this is "", [] or {}. */
  default boolean isEmpty() {
    return switch (this) {
      case Text text -> text.text().isEmpty();
      case Items items -> items.items().isEmpty();
      case Structure structure -> structure.members().isEmpty();
      case Secret secret -> false;
      case Numeral number -> false;
      case Flag flag -> false;
    };
  }
}
