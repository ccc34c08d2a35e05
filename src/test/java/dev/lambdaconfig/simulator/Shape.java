package dev.lambdaconfig.simulator;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The constraints that the API's front end checks before Lambda itself sees a request. */
sealed interface Shape {

  record Text(int min, int max, @Nullable Pattern pattern, List<String> oneOf) implements Shape {}

  record Whole(int min, int max) implements Shape {}

  record Decimal(double min, double max) implements Shape {}

  record Flag() implements Shape {}

  /** {@code notNull}: whether AWS names that constraint too when it lists those of an item. */
  record Items(int max, Shape item, boolean notNull) implements Shape {}

  record Entries(@Nullable Pattern key, boolean sensitive) implements Shape {}

  record Structure(List<Member> members) implements Shape {}

  record Member(String name, Shape shape, boolean required) {}

  static Text text(int min, int max) {
    return new Text(min, max, null, List.of());
  }

  static Text text(int min, int max, String pattern) {
    return new Text(min, max, Pattern.compile(pattern), List.of());
  }

  static Text oneOf(String... values) {
    return new Text(0, Integer.MAX_VALUE, null, List.of(values));
  }

  static Structure structure(Member... members) {
    return new Structure(List.of(members));
  }

  static Member optional(String name, Shape shape) {
    return new Member(name, shape, false);
  }

  static Member required(String name, Shape shape) {
    return new Member(name, shape, true);
  }
}
