package dev.lambdaconfig.plan;

import dev.lambdaconfig.api.BaselineField;
import dev.lambdaconfig.model.ObservedFunction;
import dev.lambdaconfig.model.Setting;
import dev.lambdaconfig.model.Value;
import dev.lambdaconfig.plan.field.Field;
import dev.lambdaconfig.plan.field.Field.Clearing;
import dev.lambdaconfig.plan.field.Field.Shape;
import dev.lambdaconfig.plan.field.FieldTable;
import dev.lambdaconfig.plan.field.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The values of fields before this operator's first update: recorded when a field is first managed
 * under {@code deletionPolicy: Restore}, and never changed after. Instead of the values of
 * environment variables it has the name of the Secret that keeps them; they are recorded only for
 * an update that can change them and is about to be sent.
 */
public final class Baseline {

  private static final Set<String> TOUCHING_VARIABLES = Set.of("Environment", "KMSKeyArn");

  private final List<BaselineField> fields;

  private Baseline(List<BaselineField> fields) {
    this.fields = List.copyOf(fields);
  }

  /** The baseline in a status. */
  public static Baseline of(@Nullable List<BaselineField> fields) {
    return new Baseline(fields == null ? List.of() : fields);
  }

  /** The fields for the status, or null where there are none. */
  public @Nullable List<BaselineField> fields() {
    return fields.isEmpty() ? null : fields;
  }

  /**
   * The baseline with all managed fields that it lacked, as the function has them; environment
   * variables with values are added later, by {@link #securing}. Members that AWS could not read
   * are added once it can.
   *
   * @param function at rest: while an update runs, an answer shows neither the old values nor
   *     certain ones (docs/aws.md#response-shows-new-values)
   */
  public Baseline with(Desired desired, ObservedFunction function) {
    return with(desired, function, null);
  }

  /**
   * The baseline with the environment variables that it lacked, recorded provisionally for an
   * update that is about to be sent.
   *
   * @param secretName the Secret that keeps them
   */
  public Baseline securing(Desired desired, ObservedFunction function, String secretName) {
    return with(desired, function, secretName);
  }

  private Baseline with(Desired desired, ObservedFunction function, @Nullable String secretName) {
    List<BaselineField> taken = new ArrayList<>(fields);
    for (Member member : FieldTable.MEMBERS) {
      if (member.errorIn(function) != null) {
        continue;
      }
      for (Field field : desired.of(member).keySet()) {
        BaselineField seen =
            covers(field) ? null : taken(field, field.in(member.in(function)), secretName);
        if (seen != null) {
          taken.add(seen);
        }
      }
    }
    return new Baseline(taken);
  }

  private static @Nullable BaselineField taken(
      Field field, @Nullable Value value, @Nullable String secretName) {
    if (value == null || value.isEmpty()) {
      return new BaselineField(field.path(), null, null);
    }
    if (field.shape() != Shape.VARIABLES) {
      return new BaselineField(field.path(), PlainValues.plain(value), null);
    }
    return secretName == null ? null : new BaselineField(field.path(), null, secretName, true);
  }

  /**
   * Whether an update can change environment variables that have no baseline yet, or make them
   * unreadable.
   */
  public boolean lacksVariablesFor(Plan plan, Desired desired) {
    boolean lacking =
        desired.managed().anyMatch(field -> field.shape() == Shape.VARIABLES && !covers(field));
    return lacking && plan.request().keySet().stream().anyMatch(TOUCHING_VARIABLES::contains);
  }

  /** Whether the baseline has values for an update that AWS has not accepted yet. */
  public boolean isProvisional() {
    return fields.stream().anyMatch(BaselineField::isProvisional);
  }

  /**
   * The baseline whose provisional values are judged by a function at rest, where nobody knows
   * which update changed it last: kept for good if the function has what the update was to set,
   * dropped if it has not, and left as they are while AWS cannot read it.
   */
  public Baseline judgedBy(Plan plan, ObservedFunction function) {
    if (isUnreadable(function)) {
      return this;
    }
    boolean isApplied =
        fields.stream()
            .filter(BaselineField::isProvisional)
            .noneMatch(field -> plan.fields().contains(field.path()));
    return isApplied ? confirmed() : withoutProvisional();
  }

  /** Whether AWS could not read environment variables: what is kept of them has no other copy. */
  public static boolean isUnreadable(ObservedFunction function) {
    return FieldTable.MEMBERS.stream()
        .filter(member -> TOUCHING_VARIABLES.contains(member.name()))
        .anyMatch(member -> member.errorIn(function) != null);
  }

  /** The baseline without the values for an update that was never applied. */
  public Baseline withoutProvisional() {
    return new Baseline(fields.stream().filter(field -> !field.isProvisional()).toList());
  }

  /** The baseline without anything provisional. */
  public Baseline confirmed() {
    return new Baseline(
        fields.stream()
            .map(field -> new BaselineField(field.path(), field.value(), field.secretName()))
            .toList());
  }

  /** The baseline with another Secret in place of the one that keeps environment variables. */
  public Baseline keptIn(String secretName) {
    return new Baseline(
        fields.stream()
            .map(
                field ->
                    field.secretName() == null
                        ? field
                        : new BaselineField(
                            field.path(), field.value(), secretName, field.provisional()))
            .toList());
  }

  /** The baseline of some fields only. */
  public Baseline only(Predicate<String> paths) {
    return new Baseline(fields.stream().filter(field -> paths.test(field.path())).toList());
  }

  /** The baseline without environment variables. */
  public Baseline withoutSecret() {
    return new Baseline(fields.stream().filter(field -> field.secretName() == null).toList());
  }

  /** The Secret that keeps environment variables, or null if there is none. */
  public @Nullable String secretName() {
    return fields.stream()
        .map(BaselineField::secretName)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  /** The paths of the fields whose values a Secret keeps. */
  public List<String> secretPaths() {
    return fields.stream()
        .filter(field -> field.secretName() != null)
        .map(BaselineField::path)
        .toList();
  }

  /**
   * The setting that restores a managed field; null where the field has no baseline, its Secret is
   * lost, or it was absent and cannot be cleared.
   */
  @Nullable Setting setting(Field field, @Nullable Map<String, String> variables) {
    BaselineField was = of(field);
    if (was == null) {
      return null;
    }
    if (was.secretName() != null) {
      return variables == null ? null : new Setting.Managed(Value.secrets(variables));
    }
    Value value = PlainValues.value(was.value());
    if (value != null) {
      return new Setting.Managed(field.restored(value));
    }
    if (field.clearing() != Clearing.REFUSED) {
      return Setting.CLEARED;
    }
    Value byDefault = field.defaultValue().of("", null);
    return byDefault == null ? null : new Setting.Managed(byDefault);
  }

  /**
   * Whether it has the field for good: what is provisional is kept for one update, and no other.
   */
  boolean secures(Field field) {
    BaselineField known = of(field);
    return known != null && !known.isProvisional();
  }

  private boolean covers(Field field) {
    return of(field) != null;
  }

  private @Nullable BaselineField of(Field field) {
    return fields.stream()
        .filter(known -> known.path().equals(field.path()))
        .findFirst()
        .orElse(null);
  }
}
