package dev.lambdaconfig.cli.export.template.value;

import dev.lambdaconfig.model.Value;
import dev.lambdaconfig.model.Value.Items;
import dev.lambdaconfig.model.Value.Structure;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** CloudFormation's checks of the value of a parameter. Messages never have the value. */
final class ParameterRules {

  private ParameterRules() {}

  static String type(Structure declaration) {
    Value type = declaration.at("Type");
    return type == null ? "String" : type.toString();
  }

  static boolean isList(Structure declaration) {
    return type(declaration).startsWith("List<") || type(declaration).equals("CommaDelimitedList");
  }

  /** The items of the value of a list. */
  static List<String> items(String value) {
    return Arrays.stream(value.split(",", -1)).map(String::strip).toList();
  }

  /** The problem of a value, or null if it has none. */
  static @Nullable String problem(Structure declaration, String value) {
    for (String item : isList(declaration) ? items(value) : List.of(value)) {
      String problem = problemOfItem(declaration, item);
      if (problem != null) {
        return problem;
      }
    }
    return null;
  }

  private static @Nullable String problemOfItem(Structure declaration, String item) {
    if (declaration.at("AllowedValues") instanceof Items(List<Value> allowed)) {
      List<String> texts = allowed.stream().map(Value::toString).toList();
      if (!texts.contains(item)) {
        return "is not allowed: write one of " + String.join(", ", texts);
      }
    }
    String pattern = declaration.textAt("AllowedPattern");
    if (pattern != null && !matches(pattern, item)) {
      return "does not match its AllowedPattern, " + pattern;
    }
    boolean isNumber = type(declaration).contains("Number");
    BigDecimal number = number(isNumber ? item : Integer.toString(item.length()));
    if (number == null) {
      return "is no number";
    }
    String unit = isNumber ? "" : " characters";
    List<String> bounds = new ArrayList<>();
    BigDecimal least = bound(declaration, isNumber ? "MinValue" : "MinLength");
    if (least != null && number.compareTo(least) < 0) {
      bounds.add("must be at least " + least.toPlainString() + unit);
    }
    BigDecimal most = bound(declaration, isNumber ? "MaxValue" : "MaxLength");
    if (most != null && number.compareTo(most) > 0) {
      bounds.add("must be at most " + most.toPlainString() + unit);
    }
    return bounds.isEmpty() ? null : String.join(", ", bounds);
  }

  private static @Nullable BigDecimal bound(Structure declaration, String name) {
    Value bound = declaration.at(name);
    return bound == null ? null : number(bound.toString());
  }

  private static @Nullable BigDecimal number(String text) {
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** Whether a whole text matches; true for a pattern that cannot be read here. */
  private static boolean matches(String pattern, String text) {
    try {
      return Pattern.compile(pattern).matcher(text).matches();
    } catch (PatternSyntaxException e) {
      return true;
    }
  }
}
