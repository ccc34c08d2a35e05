package dev.lambdaconfig.plan;

import dev.lambdaconfig.api.BaselineField;
import dev.lambdaconfig.plan.Field.Clearing;
import dev.lambdaconfig.plan.Field.Shape;
import dev.lambdaconfig.settings.ObservedFunction;
import dev.lambdaconfig.settings.PlainValues;
import dev.lambdaconfig.settings.Setting;
import dev.lambdaconfig.settings.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What fields were before this operator's first update: taken when a field is first managed under
 * {@code deletionPolicy: Restore}, and never changed after. The values of environment variables are
 * not in it, only the name of the Secret that has them.
 */
public final class Baseline {

  private final List<BaselineField> fields;

  private Baseline(List<BaselineField> fields) {
    this.fields = List.copyOf(fields);
  }

  /** The baseline that a status has. */
  public static Baseline of(@Nullable List<BaselineField> fields) {
    return new Baseline(fields == null ? List.of() : fields);
  }

  /** What the status keeps, or null for nothing. */
  public @Nullable List<BaselineField> fields() {
    return fields.isEmpty() ? null : fields;
  }

  /**
   * The baseline with all managed fields that it lacked, as the function has them. What AWS could
   * not read has to wait until it can.
   *
   * @param function at rest: what an update that runs shows is neither old nor certain
   * @param secretName the Secret that shall keep environment variables
   */
  public Baseline with(Desired desired, ObservedFunction function, String secretName) {
    List<BaselineField> taken = new ArrayList<>(fields);
    for (Member member : FieldTable.MEMBERS) {
      if (member.errorIn(function) != null) {
        continue;
      }
      for (Field field : desired.of(member).keySet()) {
        if (!covers(field)) {
          taken.add(taken(field, field.in(member.in(function)), secretName));
        }
      }
    }
    return new Baseline(taken);
  }

  private static BaselineField taken(Field field, @Nullable Value value, String secretName) {
    if (value == null || value.isEmpty()) {
      return new BaselineField(field.path(), null, null);
    }
    return field.shape() == Shape.VARIABLES
        ? new BaselineField(field.path(), null, secretName)
        : new BaselineField(field.path(), PlainValues.plain(value), null);
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
   * What a managed field has to become again; null where nothing can be said or done: it has no
   * baseline, its Secret is lost, or it was absent and cannot be cleared.
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
      return new Setting.Managed(field.shape() == Shape.MOUNTS ? Mounts.whole(value) : value);
    }
    if (field.clearing() != Clearing.REFUSED) {
      return Setting.CLEARED;
    }
    Value resting = field.resting().of("", null);
    return resting == null ? null : new Setting.Managed(resting);
  }

  boolean covers(Field field) {
    return of(field) != null;
  }

  private @Nullable BaselineField of(Field field) {
    return fields.stream()
        .filter(known -> known.path().equals(field.path()))
        .findFirst()
        .orElse(null);
  }
}
