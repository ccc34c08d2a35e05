package dev.lambdaconfig.plan;

import dev.lambdaconfig.api.LambdaFunctionConfigSpec;
import dev.lambdaconfig.model.Setting;
import dev.lambdaconfig.model.Value;
import dev.lambdaconfig.plan.environment.ResolvedEnvironment;
import dev.lambdaconfig.plan.field.Field;
import dev.lambdaconfig.plan.field.Field.Clearing;
import dev.lambdaconfig.plan.field.FieldTable;
import dev.lambdaconfig.plan.field.Member;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The reading of a spec's settings, row by row of the field table.
 *
 * @param environment the environment variables, where the spec refers to Secrets or ConfigMaps
 * @param problems collects what is wrong with the spec
 */
record SpecReading(ResolvedEnvironment environment, List<String> problems) {

  /** The settings of the fields that a spec names. */
  Map<Field, Setting> read(LambdaFunctionConfigSpec spec) {
    Map<Field, Setting> settings = new LinkedHashMap<>();
    for (Member member : FieldTable.MEMBERS) {
      Map<Field, Value> values = member.reading().apply(spec);
      if (values == null) {
        continue;
      }
      if (values.isEmpty()) {
        readEmpty(member, settings);
      } else if (member.merges().test(spec)) {
        values.forEach(
            (field, value) ->
                settings.put(
                    field, new Setting.Merged(resolved(field, value), List.of(), List.of())));
      } else {
        values.forEach(
            (field, value) -> settings.put(field, read(member, field, resolved(field, value))));
      }
    }
    problems.addAll(FieldTable.contradictions(settings));
    return settings;
  }

  private Value resolved(Field field, Value value) {
    return field.shape() == Field.Shape.VARIABLES && environment.hasSources()
        ? Value.secrets(environment.variables())
        : value;
  }

  private void readEmpty(Member member, Map<Field, Setting> settings) {
    if (member.cleared() == null) {
      problems.add(
          member.path() + ": {} cannot be cleared: remove it to stop managing it, or set a value");
    } else {
      member.fields().forEach(field -> settings.put(field, Setting.CLEARED));
    }
  }

  private Setting read(Member member, Field field, Value value) {
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
}
