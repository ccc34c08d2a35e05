package dev.lambdaconfig.plan;

import dev.lambdaconfig.api.IgnoredField;
import dev.lambdaconfig.model.Lifecycle;
import dev.lambdaconfig.model.ObservedFunction;
import dev.lambdaconfig.model.Setting;
import dev.lambdaconfig.model.Value;
import dev.lambdaconfig.plan.environment.ResolvedEnvironment;
import dev.lambdaconfig.plan.field.Field;
import dev.lambdaconfig.plan.field.Field.Shape;
import dev.lambdaconfig.plan.field.FieldPaths;
import dev.lambdaconfig.plan.field.IgnoredFields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The managed fields whose drift is ignored. What the spec declares of such a field is sent once,
 * when it is another value than the one that was last applied; from then on the field is left as it
 * is.
 *
 * <p>The status keeps the last applied values, so that neither a restart nor a change of another
 * field reverts an ignored drift. Of environment variables it keeps the generation only; the
 * process keeps fingerprints of their values.
 */
public final class IgnoredDrift {

  /** The drift that a resource ignores if it names no field: none. */
  public static final IgnoredDrift NONE = new IgnoredDrift(Map.of());

  private final Map<String, Entry> entries;

  private IgnoredDrift(Map<String, Entry> entries) {
    this.entries = entries;
  }

  /**
   * One ignored field.
   *
   * @param declared the value in the spec, or null where it is secret
   * @param fingerprint the fingerprint of a secret value in the spec, or null
   * @param before what the status says of the field, or null
   * @param formerly the fingerprint of the secret value that was last applied, or null
   * @param applied whether the function has had the value of the spec
   */
  private record Entry(
      @Nullable Object declared,
      @Nullable String fingerprint,
      @Nullable IgnoredField before,
      @Nullable String formerly,
      boolean applied) {

    Entry asApplied() {
      return new Entry(declared, fingerprint, before, fingerprint, true);
    }

    IgnoredField reported(String path, long generation) {
      if (fingerprint != null) {
        return new IgnoredField(path, null, applied ? (Long) generation : null);
      }
      Object last = applied ? declared : before == null ? null : before.applied();
      return new IgnoredField(path, last, null);
    }
  }

  /**
   * The facts of earlier reconciles.
   *
   * @param fields the ignored fields in the status
   * @param generation the generation of the spec
   * @param sourcesChanged whether the Secrets and ConfigMaps behind variables are of other versions
   *     than those that were last applied
   * @param appliedUnrecorded whether a field that the status does not list as ignored had its value
   *     of this generation applied
   * @param fingerprints the fingerprints of secret values that were applied, by path
   * @param fingerprint the fingerprint of a value
   */
  public record Past(
      List<IgnoredField> fields,
      long generation,
      boolean sourcesChanged,
      Predicate<String> appliedUnrecorded,
      Map<String, String> fingerprints,
      UnaryOperator<String> fingerprint) {

    private @Nullable IgnoredField of(String path) {
      return fields.stream()
          .filter(Objects::nonNull)
          .filter(field -> path.equals(field.path()))
          .findFirst()
          .orElse(null);
    }

    private Entry plain(String path, Object declared) {
      IgnoredField before = of(path);
      boolean applied =
          before == null
              ? appliedUnrecorded.test(path)
              : Objects.equals(PlainValues.value(before.applied()), PlainValues.value(declared));
      return new Entry(declared, null, before, null, applied);
    }

    /**
     * The entry of a secret value.
     *
     * @param sourced whether the value can be one of a Secret or ConfigMap
     */
    private Entry secret(String path, String declared, boolean sourced) {
      IgnoredField before = of(path);
      // A new version of a source says nothing about literal values.
      boolean mayBeOther = sourced && sourcesChanged;
      String now = fingerprint.apply(declared);
      String formerly = fingerprints.get(path);
      boolean applied;
      if (before == null) {
        applied = !mayBeOther && appliedUnrecorded.test(path);
      } else if (formerly != null) {
        applied = formerly.equals(now);
      } else {
        // A process that starts anew: values of another generation may be other ones.
        applied = !mayBeOther && Objects.equals(before.generation(), generation);
      }
      return new Entry(null, now, before, applied ? now : formerly, applied);
    }
  }

  /** The ignored fields among those that a spec manages. */
  static IgnoredDrift of(
      IgnoredFields ignored,
      Map<Field, Setting> settings,
      ResolvedEnvironment environment,
      Past past) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    settings.forEach(
        (field, setting) -> {
          if (field.shape() == Shape.VARIABLES) {
            if (ignored.ignores(field)) {
              entries.put(
                  field.path(), past.secret(field.path(), text(setting), environment.hasSources()));
            }
            for (String path : ignored.variablesOf(field)) {
              String name = path.substring(field.path().length() + 1);
              entries.put(
                  path,
                  past.secret(path, text(variables(setting).get(name)), environment.mayGive(name)));
            }
          } else if (ignored.ignores(field)) {
            entries.put(field.path(), past.plain(field.path(), plain(field, setting)));
          }
        });
    return entries.isEmpty() ? NONE : new IgnoredDrift(entries);
  }

  private static Object plain(Field field, Setting setting) {
    return switch (setting) {
      case Setting.Cleared cleared -> "";
      case Setting.Managed(Value value) -> plain(field, value);
      case Setting.Merged merged -> merged.own().isEmpty() ? "" : plain(field, merged.own());
    };
  }

  private static Object plain(Field field, Value value) {
    return PlainValues.plain(Objects.requireNonNull(field.normal(value, "", null)));
  }

  private static Map<String, Value> variables(Setting setting) {
    return switch (setting) {
      case Setting.Managed managed -> Comparison.variables(managed.value());
      case Setting.Merged merged -> Comparison.variables(merged.own());
      case Setting.Cleared cleared -> Map.of();
    };
  }

  private static String text(Setting setting) {
    StringBuilder text = new StringBuilder();
    variables(setting)
        .forEach((name, value) -> text.append(name).append('=').append(text(value)).append('\n'));
    return text.toString();
  }

  /** A text that differs for each two values, and for a variable that the spec does not have. */
  private static String text(@Nullable Value value) {
    return value instanceof Value.Secret(String secret) ? secret.length() + ":" + secret : "";
  }

  /** The problems of an annotation, each with what to write instead. */
  public static List<String> problems(@Nullable String annotation) {
    return IgnoredFields.of(annotation).problems();
  }

  /** Whether the drift of a field, or of a variable, is reported and not corrected. */
  boolean leaves(String path) {
    Entry entry = entries.get(path);
    return entry != null && entry.applied();
  }

  /** Whether any drift within a block is reported and not corrected. */
  boolean leavesAnyOf(String block) {
    return entries.entrySet().stream()
        .anyMatch(
            entry -> entry.getValue().applied() && FieldPaths.isWithin(block, entry.getKey()));
  }

  /** The paths of the ignored fields. */
  public List<String> paths() {
    return List.copyOf(entries.keySet());
  }

  /**
   * The same after a plan was made: what the function was seen to have is applied, and what an
   * update sent that has just ended.
   *
   * @param plan the difference from the function, or null where none was made
   * @param sent the fields of an update with whose values the function has just settled
   */
  public IgnoredDrift after(
      @Nullable Plan plan, @Nullable ObservedFunction function, List<String> sent) {
    if (entries.isEmpty() || plan == null || function == null || !showsWhatRuns(function)) {
      return this;
    }
    List<String> differing = plan.differences().stream().map(Difference::path).toList();
    Map<String, Entry> next = new LinkedHashMap<>();
    entries.forEach(
        (path, entry) -> {
          boolean unknown =
              plan.unknown().stream().anyMatch(one -> FieldPaths.isWithin(one.path(), path));
          boolean differs = differing.stream().anyMatch(other -> FieldPaths.isWithin(path, other));
          boolean wasSent = sent.stream().anyMatch(field -> FieldPaths.isWithin(field, path));
          boolean seen = !unknown && (!differs || wasSent);
          next.put(path, seen && !entry.applied() ? entry.asApplied() : entry);
        });
    return new IgnoredDrift(next);
  }

  /** Whether what an answer shows is what the function runs with. */
  private static boolean showsWhatRuns(ObservedFunction function) {
    Lifecycle lifecycle = function.lifecycle();
    return lifecycle.isSettled() && !lifecycle.lastUpdateFailed();
  }

  /** The ignored fields for the status, or null where there are none. */
  public @Nullable List<IgnoredField> reported(long generation) {
    return entries.isEmpty()
        ? null
        : entries.entrySet().stream()
            .map(entry -> entry.getValue().reported(entry.getKey(), generation))
            .toList();
  }

  /** The fingerprints of the secret values that were applied, by path. */
  public Map<String, String> fingerprints() {
    Map<String, String> fingerprints = new LinkedHashMap<>();
    entries.forEach(
        (path, entry) -> {
          if (entry.formerly() != null) {
            fingerprints.put(path, entry.formerly());
          }
        });
    return Map.copyOf(fingerprints);
  }

  /** Names the paths only: fingerprints are of secrets. */
  @Override
  public String toString() {
    return "IgnoredDrift" + entries.keySet();
  }
}
