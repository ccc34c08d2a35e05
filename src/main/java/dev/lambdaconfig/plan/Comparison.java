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

  /** The reason where a function would have more layers than Lambda allows. */
  private static final String TOO_MANY_LAYERS = "TooManyLayers";

  /** The reason where a function would have more variables than AWS allows. */
  private static final String ENVIRONMENT_TOO_LARGE = "EnvironmentTooLarge";

  private final IgnoredDrift ignored;
  private final String functionName;
  private final @Nullable Value observed;

  /** The settings without those that are left as the function has them. */
  private final Map<Field, Setting> enforced = new LinkedHashMap<>();

  /** The fields of which something is to be corrected. */
  private final List<String> differing = new ArrayList<>();

  private final List<Difference> differences = new ArrayList<>();
  private final List<String> left = new ArrayList<>();
  private final List<Plan.Blocked> blocked = new ArrayList<>();
  private final Map<String, List<String>> taken = new LinkedHashMap<>();

  /** Whether the enforced settings have values of the function. */
  private boolean repeats;

  private Comparison(Member member, IgnoredDrift ignored, ObservedFunction function) {
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

  private void compare(Field field, Setting declared) {
    Value live = field.in(observed);
    Setting setting =
        declared instanceof Setting.Merged merged ? whole(field, merged, live) : declared;
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
      if (declared instanceof Setting.Merged merged && !take(field, merged, setting, live)) {
        return;
      }
      differing.add(field.path());
    }
    repeats |= !leftVariables.isEmpty();
    enforced.put(
        field,
        leftVariables.isEmpty()
            ? setting
            : keeping(leftVariables, field, setting, variables(live)));
  }

  private @Nullable Value wanted(Field field, Setting setting) {
    return switch (setting) {
      case Setting.Managed managed -> field.normal(managed.value(), functionName, observed);
      case Setting.Merged merged ->
          throw new IllegalArgumentException("not merged: " + field.path());
      case Setting.Cleared cleared -> field.defaultValue().of(functionName, null);
    };
  }

  /** The setting of the whole field, with the entries of other writers. */
  private Setting whole(Field field, Setting.Merged merged, @Nullable Value live) {
    Value whole = field.merged(merged.own(), merged.owned(), live);
    repeats |= field.entries(whole).size() > field.entries(merged.own()).size();
    return whole.isEmpty() ? Setting.CLEARED : new Setting.Managed(whole);
  }

  /** Records the entries that an update sets; returns false where there is an obstacle to it. */
  private boolean take(Field field, Setting.Merged merged, Setting whole, @Nullable Value live) {
    String obstacle =
        whole instanceof Setting.Managed(Value value) ? field.obstacle(merged.own(), value) : null;
    if (obstacle != null) {
      blocked.add(
          new Plan.Blocked(
              field.path(),
              field.shape() == Shape.LAYERS ? TOO_MANY_LAYERS : ENVIRONMENT_TOO_LARGE,
              obstacle));
      return false;
    }
    List<String> entries = field.taken(merged.own(), live);
    if (!entries.isEmpty()) {
      taken.put(field.path(), entries);
    }
    return true;
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
      return List.of(new Difference(field.path(), shown(wanted), shown(found), wanted, found));
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

  /** The fields that differ and that no update can make what the spec declares. */
  List<Plan.Blocked> blocked() {
    return blocked;
  }

  /** The entries that an update sets, by field. */
  Map<String, List<String>> taken() {
    return taken;
  }

  /** Whether an enforced setting has values of the function. */
  boolean repeatsFunction() {
    return repeats;
  }
}
