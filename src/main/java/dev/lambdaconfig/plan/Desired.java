package dev.lambdaconfig.plan;

import dev.lambdaconfig.api.LambdaFunctionConfigSpec;
import dev.lambdaconfig.model.Setting;
import dev.lambdaconfig.model.Value;
import dev.lambdaconfig.plan.field.Field;
import dev.lambdaconfig.plan.field.Field.Clearing;
import dev.lambdaconfig.plan.field.FieldTable;
import dev.lambdaconfig.plan.field.IgnoredFields;
import dev.lambdaconfig.plan.field.Member;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The settings that a spec declares for the fields that it names, and the problems of the spec. The
 * schema refuses most of them, but a resource may be older than the schema.
 */
public final class Desired {

  private static final int MOST_PROBLEMS = 10;

  private final Map<Field, Setting> settings;
  private final List<String> problems;
  private final boolean sparesUnreadable;
  private final IgnoredDrift ignored;

  private Desired(Map<Field, Setting> settings, List<String> problems) {
    this(settings, problems, false, IgnoredDrift.NONE);
  }

  private Desired(
      Map<Field, Setting> settings,
      List<String> problems,
      boolean sparesUnreadable,
      IgnoredDrift ignored) {
    this.settings = Collections.unmodifiableMap(settings);
    this.problems = firstOf(problems);
    this.sparesUnreadable = sparesUnreadable;
    this.ignored = ignored;
  }

  /**
   * Limits the problems to the first few: a spec can have thousands of one kind, and a condition
   * has room for a few.
   */
  private static List<String> firstOf(List<String> problems) {
    if (problems.size() <= MOST_PROBLEMS) {
      return List.copyOf(problems);
    }
    List<String> first = new ArrayList<>(problems.subList(0, MOST_PROBLEMS));
    first.add("and " + (problems.size() - MOST_PROBLEMS) + " more");
    return List.copyOf(first);
  }

  /** Reads a spec. It never fails: {@link #problems()} has what is wrong. */
  public static Desired of(LambdaFunctionConfigSpec spec) {
    Map<Field, Setting> settings = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>(SpecValidation.of(spec));
    problems.addAll(Sizes.in(spec));
    if (!problems.isEmpty()) {
      return new Desired(settings, problems);
    }
    for (Member member : FieldTable.MEMBERS) {
      Map<Field, Value> values = member.reading().apply(spec);
      if (values == null) {
        continue;
      }
      if (values.isEmpty()) {
        readEmpty(member, settings, problems);
      } else {
        values.forEach((field, value) -> settings.put(field, read(member, field, value, problems)));
      }
      if (member.merges().test(spec)) {
        values.forEach(
            (field, value) -> settings.put(field, new Setting.Merged(value, List.of(), List.of())));
      }
    }
    problems.addAll(FieldTable.contradictions(settings));
    return new Desired(settings, problems);
  }

  private static void readEmpty(
      Member member, Map<Field, Setting> settings, List<String> problems) {
    if (member.cleared() == null) {
      problems.add(
          member.path() + ": {} cannot be cleared: remove it to stop managing it, or set a value");
    } else {
      member.fields().forEach(field -> settings.put(field, Setting.CLEARED));
    }
  }

  private static Setting read(Member member, Field field, Value value, List<String> problems) {
    if (!value.isEmpty()) {
      return new Setting.Managed(value);
    }
    if (field.clearing() == Clearing.REFUSED) {
      problems.add(
          field.path()
              + " cannot be empty: remove it to stop managing it, or set a value"
              + (member.isBlock() && member.cleared() != null
                  ? ", or clear all of it with " + member.path() + ": {}"
                  : ""));
    }
    return Setting.CLEARED;
  }

  /**
   * The settings that restore the fields to a baseline, as far as that is known and possible.
   *
   * @param variables the environment variables of the baseline, or null if they are lost
   */
  public Desired restoring(Baseline baseline, @Nullable Map<String, String> variables) {
    Map<Field, Setting> restored = new LinkedHashMap<>();
    for (Field field : settings.keySet()) {
      Setting setting = baseline.setting(field, variables);
      if (setting != null) {
        restored.put(
            field,
            settings.get(field) instanceof Setting.Merged merged
                ? restoringOwned(field, merged, setting)
                : setting);
      }
    }
    return new Desired(restored, List.of());
  }

  /** Restores only entries that this resource has set, or may have set; the others stay. */
  private static Setting restoringOwned(Field field, Setting.Merged merged, Setting former) {
    List<String> owned =
        Stream.concat(merged.owned().stream(), merged.announced().stream()).toList();
    return new Setting.Merged(
        former instanceof Setting.Managed(Value value)
            ? field.only(value, owned)
            : field.only(merged.own(), List.of()),
        owned,
        List.of());
  }

  /**
   * The same settings, with the entries of merged fields that the resource has set.
   *
   * @param adopts whether the resource managed the whole of a field until now
   */
  public Desired owning(EntryOwnership ownership, Predicate<String> adopts) {
    return withMerged(
        (field, merged) -> ownership.owning(field, merged, adopts.test(field.path())));
  }

  /** The same settings after an announced update that AWS may have accepted. */
  public Desired takingAnnounced() {
    return withMerged(
        (field, merged) ->
            new Setting.Merged(
                merged.own(),
                Stream.concat(merged.owned().stream(), merged.announced().stream()).toList(),
                List.of()));
  }

  private Desired withMerged(BiFunction<Field, Setting.Merged, Setting> change) {
    if (settings.values().stream().noneMatch(Setting.Merged.class::isInstance)) {
      return this;
    }
    Map<Field, Setting> changed = new LinkedHashMap<>(settings);
    changed.replaceAll(
        (field, setting) ->
            setting instanceof Setting.Merged merged ? change.apply(field, merged) : setting);
    return new Desired(changed, problems, sparesUnreadable, ignored);
  }

  /**
   * The same settings, but environment variables without baseline are not overwritten while AWS
   * cannot read them.
   */
  public Desired sparing(Baseline baseline) {
    return new Desired(
        settings,
        problems,
        settings.keySet().stream()
            .anyMatch(field -> field.shape() == Field.Shape.VARIABLES && !baseline.covers(field)),
        ignored);
  }

  /**
   * The same settings, but the drift of some fields is reported and not corrected.
   *
   * @param annotation the annotation that names them, or null
   */
  public Desired ignoring(@Nullable String annotation, IgnoredDrift.Past past) {
    return new Desired(
        settings,
        problems,
        sparesUnreadable,
        IgnoredDrift.of(IgnoredFields.of(annotation), settings, past));
  }

  /** The managed fields whose drift is ignored. */
  public IgnoredDrift ignored() {
    return ignored;
  }

  /** Whether unreadable values are never overwritten, because nothing could restore them. */
  boolean sparesUnreadable() {
    return sparesUnreadable;
  }

  /** Whether environment variables of other writers are kept. */
  boolean keepsVariables() {
    return settings.entrySet().stream()
        .anyMatch(
            entry ->
                entry.getKey().shape() == Field.Shape.VARIABLES
                    && entry.getValue() instanceof Setting.Merged);
  }

  /** The problems of the spec, each with what to write instead; empty if the spec is valid. */
  public List<String> problems() {
    return problems;
  }

  /** The paths of the fields that the spec names, in the order of the field table. */
  public List<String> managedPaths() {
    return settings.keySet().stream().map(Field::path).toList();
  }

  /** The fields that the spec names. */
  Stream<Field> managed() {
    return settings.keySet().stream();
  }

  /** The settings of a member's fields; empty if the spec names none of them. */
  Map<Field, Setting> of(Member member) {
    Map<Field, Setting> own = new LinkedHashMap<>();
    for (Field field : member.fields()) {
      Setting setting = settings.get(field);
      if (setting != null) {
        own.put(field, setting);
      }
    }
    return own;
  }

  /** The secret values: those of the environment variables. */
  public List<String> secrets() {
    return variables()
        .map(Map.Entry::getValue)
        .filter(Value.Secret.class::isInstance)
        .map(value -> ((Value.Secret) value).text())
        .toList();
  }

  /** The environment variables that the spec sets. */
  public Stream<Map.Entry<String, Value>> variables() {
    return values()
        .filter(Value.Structure.class::isInstance)
        .flatMap(value -> ((Value.Structure) value).members().entrySet().stream());
  }

  /** The texts of other fields, which everybody who may read the spec can see. */
  public Stream<String> texts() {
    return values()
        .flatMap(
            value -> value instanceof Value.Items items ? items.items().stream() : Stream.of(value))
        .filter(Value.Text.class::isInstance)
        .map(value -> ((Value.Text) value).text());
  }

  private Stream<Value> values() {
    return settings.values().stream()
        .flatMap(
            setting ->
                switch (setting) {
                  case Setting.Managed managed -> Stream.of(managed.value());
                  case Setting.Merged merged -> Stream.of(merged.own());
                  case Setting.Cleared cleared -> Stream.empty();
                });
  }

  /** Names the paths only: values can be secrets. */
  @Override
  public String toString() {
    return "Desired" + managedPaths();
  }
}
