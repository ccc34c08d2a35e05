package dev.lambdaconfig.plan;

import dev.lambdaconfig.model.ObservedFunction;
import dev.lambdaconfig.model.Setting;
import dev.lambdaconfig.model.Value;
import dev.lambdaconfig.model.Value.Structure;
import dev.lambdaconfig.plan.field.Field;
import dev.lambdaconfig.plan.field.Field.Shape;
import dev.lambdaconfig.plan.field.FieldTable;
import dev.lambdaconfig.plan.field.Member;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compares the settings of a spec with a function as AWS described it. */
public final class Diff {

  private final Desired desired;
  private final ObservedFunction function;
  private final String functionName;
  private boolean merged;

  private Diff(Desired desired, ObservedFunction function) {
    if (desired.unresolved() != null) {
      // Variables whose values are not known would be removed, or set to something else.
      throw new IllegalStateException("a plan needs the values that the spec refers to");
    }
    this.desired = desired;
    this.function = function;
    this.functionName = Objects.requireNonNullElse(function.name(), "");
  }

  /**
   * The plan that makes the function what the spec declares. A plan without a difference sends
   * nothing (docs/aws.md#no-op-update).
   */
  public static Plan between(Desired desired, ObservedFunction function) {
    return new Diff(desired, function).plan(List.of());
  }

  /**
   * The plan that sends the given fields even where they read back as desired: after a failed
   * update, AWS can show the new values although the function runs with the old ones
   * (docs/aws.md#failed-update).
   */
  public static Plan resending(
      Collection<String> fields, Desired desired, ObservedFunction function) {
    return new Diff(desired, function).plan(fields);
  }

  /**
   * A hash of the function's value of each field that differs, to tell one value from another. Of
   * the environment variables only those that differ count, because the others do not matter.
   */
  public static Map<String, Integer> found(Plan plan, ObservedFunction function) {
    Set<String> paths =
        plan.differences().stream()
            .map(Difference::path)
            .filter(path -> !plan.left().contains(path))
            .collect(Collectors.toSet());
    String name = Objects.requireNonNullElse(function.name(), "");
    Map<String, Integer> found = new LinkedHashMap<>();
    for (Member member : FieldTable.MEMBERS) {
      Value observed = member.in(function);
      for (Field field : member.fields()) {
        if (plan.fields().contains(field.path())) {
          Value value = field.normal(field.in(observed), name, observed);
          found.put(
              field.path(),
              field.shape() == Shape.VARIABLES
                  ? Comparison.variables(value).entrySet().stream()
                      .filter(entry -> paths.contains(field.path() + "." + entry.getKey()))
                      .mapToInt(Map.Entry::hashCode)
                      .sum()
                  : Objects.hashCode(value));
        }
      }
    }
    return found;
  }

  /**
   * Whether a field is a key that AWS accepts and does not keep, because the function has no
   * environment variables (docs/aws.md#kms-key-without-environment).
   */
  public static boolean isKeyNotKept(String field, ObservedFunction function) {
    return field.equals("kmsKeyArn")
        && function.configuration().at("KMSKeyArn") == null
        // Variables that AWS could not read are there all the same.
        && function.configuration().at("Environment", "Error") == null
        && function.environment().isEmpty();
  }

  private Plan plan(Collection<String> resent) {
    List<String> fields = new ArrayList<>();
    List<Difference> differences = new ArrayList<>();
    List<Plan.Unknown> unknown = new ArrayList<>();
    List<String> left = new ArrayList<>();
    List<Plan.Blocked> blocked = new ArrayList<>();
    Map<String, List<String>> taken = new LinkedHashMap<>();
    SortedMap<String, Value> request = new TreeMap<>();
    for (Member member : FieldTable.MEMBERS) {
      Map<Field, Setting> settings = desired.of(member);
      if (settings.isEmpty()) {
        continue;
      }
      Plan.Unknown error = unreadable(member);
      if (error != null) {
        unknown.add(error);
        continue;
      }
      Comparison comparison = Comparison.of(member, settings, desired.ignored(), function);
      differences.addAll(comparison.differences());
      left.addAll(comparison.left());
      blocked.addAll(comparison.blocked());
      Map<Field, Setting> enforced = comparison.enforced();
      boolean again = enforced.keySet().stream().anyMatch(field -> resent.contains(field.path()));
      if (!comparison.differing().isEmpty() || again) {
        fields.addAll(
            again ? enforced.keySet().stream().map(Field::path).toList() : comparison.differing());
        merged |= comparison.repeatsFunction();
        taken.putAll(comparison.taken());
        request.put(member.name(), payload(member, enforced));
      }
    }
    overwriteUndecryptable(request, fields, unknown);
    return new Plan(fields, differences, request, unknown, merged, left, blocked, taken);
  }

  private Plan.@Nullable Unknown unreadable(Member member) {
    Structure error = member.errorIn(function);
    if (error == null) {
      return null;
    }
    return new Plan.Unknown(
        member.path(),
        Objects.requireNonNullElse(error.textAt("ErrorCode"), "Unreadable"),
        Objects.requireNonNullElse(error.textAt("Message"), "AWS gives no reason"));
  }

  /**
   * Adds variables that AWS could not decrypt (docs/aws.md#unreadable-members) to a plan that sets
   * a new key, which makes the old ciphertext useless; but not where they have to be restored some
   * day.
   */
  private void overwriteUndecryptable(
      SortedMap<String, Value> request, List<String> fields, List<Plan.Unknown> unknown) {
    if (!request.containsKey("KMSKeyArn") || desired.sparesUnreadable()) {
      return;
    }
    if (desired.keepsVariables()
        && unknown.stream().anyMatch(error -> error.path().equals("environment"))) {
      // The key would make the ciphertext useless that has the variables of other writers.
      request.remove("KMSKeyArn");
      fields.remove("kmsKeyArn");
      return;
    }
    for (Member member : FieldTable.MEMBERS) {
      if (member.name().equals("Environment")
          && !desired.ignored().leavesAnyOf(member.path())
          && unknown.removeIf(error -> error.path().equals(member.path()))) {
        Map<Field, Setting> settings = desired.of(member);
        request.put(member.name(), payload(member, settings));
        settings.keySet().forEach(field -> fields.add(field.path()));
        fields.sort(Comparator.comparingInt(FieldTable.paths()::indexOf));
      }
    }
  }

  /** The value that gives the member's managed fields their settings. */
  private Value payload(Member member, Map<Field, Setting> settings) {
    boolean all = settings.size() == member.fields().size();
    if (all && settings.values().stream().allMatch(Setting.Cleared.class::isInstance)) {
      return cleared(member);
    }
    Value observedMember = member.in(function);
    Map<Field, Value> values = new LinkedHashMap<>();
    for (Field field : member.fields()) {
      Value value = sent(field, settings.get(field), observedMember);
      if (value != null) {
        merged |= !settings.containsKey(field);
        values.put(field, value);
      }
    }
    Value finished = member.finish().apply(settings.keySet(), values);
    if (finished != null) {
      return finished;
    }
    return values.isEmpty() ? cleared(member) : member.assembled(values);
  }

  private Value cleared(Member member) {
    return Objects.requireNonNull(member.cleared(), () -> member.path() + " cannot be cleared")
        .apply(function);
  }

  /**
   * The value of one field in the request. A field without a setting is sent as it is, because AWS
   * may replace the whole member (docs/aws.md#logging-replaced, docs/aws.md#vpc-partial).
   */
  private @Nullable Value sent(
      Field field, @Nullable Setting setting, @Nullable Value observedMember) {
    return switch (setting) {
      case null -> field.in(observedMember);
      case Setting.Managed managed -> merged(field, managed.value(), field.in(observedMember));
      case Setting.Merged whole ->
          throw new IllegalArgumentException("not merged: " + field.path());
      case Setting.Cleared cleared ->
          switch (field.clearing()) {
            case OMITTED -> null;
            case SENT_DEFAULT -> field.defaultValue().of(functionName, observedMember);
            case SENT_EMPTY, REFUSED -> empty(field);
          };
    };
  }

  private Value merged(Field field, Value wanted, @Nullable Value live) {
    Value sent = field.sent(wanted, live);
    merged |= !sent.equals(field.sent(wanted, null));
    return sent;
  }

  private static Value empty(Field field) {
    return switch (field.shape()) {
      case UNORDERED, MOUNTS, LAYERS -> Value.Items.EMPTY;
      case VARIABLES -> Value.Structure.EMPTY;
      case PLAIN -> Value.text("");
    };
  }
}
