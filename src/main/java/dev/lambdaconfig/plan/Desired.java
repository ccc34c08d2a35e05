package dev.lambdaconfig.plan;

import dev.lambdaconfig.api.LambdaFunctionConfigSpec;
import dev.lambdaconfig.model.Setting;
import dev.lambdaconfig.model.Value;
import dev.lambdaconfig.model.source.SourceKey;
import dev.lambdaconfig.model.source.SourceVersions;
import dev.lambdaconfig.model.source.ValueSource;
import dev.lambdaconfig.plan.environment.ResolvedEnvironment;
import dev.lambdaconfig.plan.environment.UnresolvedValue;
import dev.lambdaconfig.plan.field.Field;
import dev.lambdaconfig.plan.field.IgnoredFields;
import dev.lambdaconfig.plan.field.Member;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
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
  private final ResolvedEnvironment environment;

  private Desired(
      Map<Field, Setting> settings,
      List<String> problems,
      boolean sparesUnreadable,
      IgnoredDrift ignored,
      ResolvedEnvironment environment) {
    this.settings = Collections.unmodifiableMap(settings);
    this.problems = firstOf(problems);
    this.sparesUnreadable = sparesUnreadable;
    this.ignored = ignored;
    this.environment = environment;
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

  /**
   * Reads a spec. It never fails: {@link #problems()} has what is wrong with the spec. Values that
   * it refers to are {@link #unresolved()}.
   */
  public static Desired of(LambdaFunctionConfigSpec spec) {
    List<String> problems = new ArrayList<>(SpecValidation.of(spec));
    problems.addAll(Sizes.in(spec));
    return problems.isEmpty()
        ? read(spec, ResolvedEnvironment.of(spec.environment(), Map.of()))
        : new Desired(
            Map.of(), problems, false, IgnoredDrift.NONE, ResolvedEnvironment.WITHOUT_SOURCES);
  }

  private static Desired read(LambdaFunctionConfigSpec spec, ResolvedEnvironment environment) {
    List<String> problems = new ArrayList<>();
    Map<Field, Setting> settings = new SpecReading(environment, problems).read(spec);
    return new Desired(settings, problems, false, IgnoredDrift.NONE, environment);
  }

  /**
   * The settings of the same spec, which is valid, with the values that it refers to.
   *
   * @param sources the Secrets and ConfigMaps that it refers to
   */
  public Desired resolving(LambdaFunctionConfigSpec spec, Map<SourceKey, ValueSource> sources) {
    return read(spec, ResolvedEnvironment.of(spec.environment(), sources));
  }

  /** The settings of the same spec, which is valid, with its environment as it was resolved. */
  public Desired resolving(LambdaFunctionConfigSpec spec, ResolvedEnvironment resolved) {
    return read(spec, resolved);
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
    return new Desired(
        restored, List.of(), false, IgnoredDrift.NONE, ResolvedEnvironment.WITHOUT_SOURCES);
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
    return new Desired(changed, problems, sparesUnreadable, ignored, environment);
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
            .anyMatch(field -> field.shape() == Field.Shape.VARIABLES && !baseline.secures(field)),
        ignored,
        environment);
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
        IgnoredDrift.of(IgnoredFields.of(annotation), settings, environment, past),
        environment);
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

  /** The reason why values that the spec refers to are not known, or null where all are. */
  public @Nullable UnresolvedValue unresolved() {
    return environment.problem();
  }

  /** The versions of the Secrets and ConfigMaps that the spec refers to. */
  public SourceVersions sources() {
    return environment.versions();
  }

  /** The keys that cannot be variables and were skipped, by source. */
  public SortedMap<SourceKey, List<String>> skipped() {
    return environment.skipped();
  }

  /** Whether the value of a variable is that of a Secret or ConfigMap. */
  public boolean isSourced(String variable) {
    return environment.sourced().contains(variable);
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
    return settings.values().stream()
        .map(Setting::own)
        .filter(Value.Structure.class::isInstance)
        .flatMap(value -> ((Value.Structure) value).members().entrySet().stream());
  }

  /** The texts of other fields, which everybody who may read the spec can see. */
  public Stream<String> texts() {
    return settings.values().stream()
        .map(Setting::own)
        .flatMap(each -> each instanceof Value.Items(var items) ? items.stream() : Stream.of(each))
        .filter(Value.Text.class::isInstance)
        .map(value -> ((Value.Text) value).text());
  }

  /** The value of each field by its path: the own entries of a merged one, [] of a cleared one. */
  public Map<String, Value> values() {
    Map<String, Value> values = new LinkedHashMap<>();
    settings.forEach((field, setting) -> values.put(field.path(), setting.own()));
    return values;
  }

  /** Names the paths only: values can be secrets. */
  @Override
  public String toString() {
    return "Desired" + managedPaths();
  }
}
