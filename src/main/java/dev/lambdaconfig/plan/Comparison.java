package dev.lambdaconfig.plan;

import dev.lambdaconfig.model.ObservedFunction;
import dev.lambdaconfig.model.Setting;
import dev.lambdaconfig.model.Value;
import dev.lambdaconfig.model.Value.Structure;
import dev.lambdaconfig.plan.field.Field;
import dev.lambdaconfig.plan.field.Field.Shape;
import dev.lambdaconfig.plan.field.Member;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The comparison of the settings of one member with a function: what differs, and what of that is
 * to be corrected.
 */
final class Comparison {

  private final Member member;
  private final IgnoredDrift ignored;
  private final String functionName;
  private final @Nullable Value observed;

  /** The settings without those that are left as the function has them. */
  private final Map<Field, Setting> enforced = new LinkedHashMap<>();

  /** The fields of which something is to be corrected. */
  private final List<String> differing = new ArrayList<>();

  private final List<Difference> differences = new ArrayList<>();
  private final List<String> left = new ArrayList<>();

  private Comparison(Member member, IgnoredDrift ignored, ObservedFunction function) {
    this.member = member;
    this.ignored = ignored;
    this.functionName = Objects.requireNonNullElse(function.name(), "");
    this.observed = member.in(function);
  }

  /** Compares a member of a function with what the spec wants of it. */
  static Comparison of(
      Member member,
      Map<Field, Setting> settings,
      IgnoredDrift ignored,
      ObservedFunction function) {
    Comparison comparison = new Comparison(member, ignored, function);
    settings.forEach(comparison::compare);
    return comparison;
  }

  private void compare(Field field, Setting setting) {
    Value live = field.in(observed);
    Value wanted = wanted(field, setting);
    Value compared =
        setting instanceof Setting.Managed managed ? field.asNamedBy(managed.value(), live) : live;
    Value found = field.normal(compared, functionName, observed);
    List<Difference> shown =
        Objects.equals(wanted, found) ? List.of() : shown(field, wanted, found);
    differences.addAll(shown);
    if (ignored.leaves(field.path())) {
      if (!shown.isEmpty()) {
        left.add(field.path());
      }
      return;
    }
    List<String> leftVariables =
        shown.stream().map(Difference::path).filter(ignored::leaves).toList();
    left.addAll(leftVariables);
    if (shown.size() > leftVariables.size()) {
      differing.add(field.path());
    }
    enforced.put(
        field,
        leftVariables.isEmpty()
            ? setting
            : keeping(leftVariables, field, setting, variables(live)));
  }

  private @Nullable Value wanted(Field field, Setting setting) {
    return switch (setting) {
      case Setting.Managed managed -> field.normal(managed.value(), functionName, observed);
      case Setting.Cleared cleared -> field.defaultValue().of(functionName, null);
    };
  }

  /** The setting that keeps variables as the function has them. */
  private static Setting keeping(
      List<String> paths, Field field, Setting setting, Map<String, Value> live) {
    TreeMap<String, Value> variables =
        new TreeMap<>(
            setting instanceof Setting.Managed managed ? variables(managed.value()) : Map.of());
    for (String path : paths) {
      String name = path.substring(field.path().length() + 1);
      Value value = live.get(name);
      if (value == null) {
        variables.remove(name);
      } else {
        variables.put(name, value);
      }
    }
    return variables.isEmpty() ? Setting.CLEARED : new Setting.Managed(new Structure(variables));
  }

  private static List<Difference> shown(
      Field field, @Nullable Value wanted, @Nullable Value found) {
    if (field.shape() != Shape.VARIABLES) {
      return List.of(new Difference(field.path(), shown(wanted), shown(found)));
    }
    Map<String, Value> wants = variables(wanted);
    Map<String, Value> has = variables(found);
    TreeSet<String> keys = new TreeSet<>(wants.keySet());
    keys.addAll(has.keySet());
    List<Difference> differences = new ArrayList<>();
    for (String key : keys) {
      if (!Objects.equals(wants.get(key), has.get(key))) {
        String how =
            !has.containsKey(key) ? "missing" : wants.containsKey(key) ? "differs" : "extra";
        differences.add(new Difference(field.path() + "." + key, how, ""));
      }
    }
    return differences;
  }

  private static String shown(@Nullable Value value) {
    return value == null || value.isEmpty() ? "" : value.toString();
  }

  /** The environment variables of a value. */
  static Map<String, Value> variables(@Nullable Value value) {
    return value instanceof Structure structure ? structure.members() : Map.of();
  }

  Map<Field, Setting> enforced() {
    return enforced;
  }

  List<String> differing() {
    return differing;
  }

  List<Difference> differences() {
    return differences;
  }

  List<String> left() {
    return left;
  }

  /** Whether an enforced setting keeps variables as the function has them. */
  boolean keepsVariables() {
    return left.stream().anyMatch(path -> !enforced.isEmpty() && !isField(path));
  }

  private boolean isField(String path) {
    return member.fields().stream().anyMatch(field -> field.path().equals(path));
  }
}
