package dev.lambdaconfig.cli.export.template.value;

import dev.lambdaconfig.model.Value;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The values that a template has names for, as far as they are known.
 *
 * @param values the values by the names of {@code Ref}
 * @param open the parameters that can be given, and have no value yet
 */
record TemplateNames(Map<String, Value> values, Set<String> open) {

  private static final Map<String, String> OPTIONS =
      Map.of(
          "AWS::Region", "--region",
          "AWS::Partition", "--region",
          "AWS::URLSuffix", "--region",
          "AWS::AccountId", "--account");

  TemplateNames {
    values = Map.copyOf(values);
    open = Set.copyOf(open);
  }

  /** The option that makes a pseudo parameter known, or null where it is none of these. */
  static @Nullable String option(String name) {
    return OPTIONS.get(name);
  }

  @Nullable Value of(String name) {
    return values.get(name);
  }

  /** The way to make a name known that has no value, such as {@code : give --account}, or "". */
  String advice(String name) {
    String option = option(name);
    if (option != null) {
      return ": give " + option;
    }
    return open.contains(name) ? ": give --parameter " + name + "=VALUE" : "";
  }
}
