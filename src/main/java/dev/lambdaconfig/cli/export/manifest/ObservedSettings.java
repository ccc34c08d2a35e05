package dev.lambdaconfig.cli.export.manifest;

import dev.lambdaconfig.model.ObservedFunction;
import dev.lambdaconfig.model.Value;
import dev.lambdaconfig.model.Value.Structure;
import dev.lambdaconfig.plan.field.Field;
import dev.lambdaconfig.plan.field.FieldTable;
import dev.lambdaconfig.plan.field.Member;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The settings of a function as AWS described it, row by row of the field table. */
public final class ObservedSettings {

  private final FieldSelection selection;
  private final String name;
  private final Map<Field, Value> settings = new LinkedHashMap<>();
  private final SortedMap<String, String> variables = new TreeMap<>();
  private final List<String> notes = new ArrayList<>();

  private ObservedSettings(FieldSelection selection, String name) {
    this.selection = selection;
    this.name = name;
  }

  /**
   * The settings to declare of a function.
   *
   * @param functionName the name or ARN that the manifest is to have
   */
  public static DeclaredFunction of(
      ObservedFunction function, String functionName, String region, FieldSelection selection) {
    String name = Objects.requireNonNullElse(function.name(), functionName);
    ObservedSettings observed = new ObservedSettings(selection, name);
    FieldTable.MEMBERS.forEach(member -> observed.read(member, function));
    return new DeclaredFunction(
        functionName, name, region, observed.settings, observed.variables, true, observed.notes);
  }

  private void read(Member member, ObservedFunction function) {
    Structure error = member.errorIn(function);
    if (error != null) {
      notes.add(
          "%s is not declared: AWS cannot read it (%s)"
              .formatted(
                  member.path(),
                  Objects.requireNonNullElse(error.textAt("ErrorCode"), "no reason given")));
      return;
    }
    Value observed = member.in(function);
    for (Field field : member.fields()) {
      read(field, field.in(observed), observed);
    }
  }

  private void read(Field field, @Nullable Value value, @Nullable Value member) {
    if (value == null || !selection.includes(field)) {
      return;
    }
    if (field.shape() == Field.Shape.VARIABLES) {
      if (value instanceof Structure map) {
        map.members()
            .forEach(
                (key, secret) -> {
                  if (secret instanceof Value.Secret(String text)) {
                    variables.put(key, text);
                  }
                });
      }
    } else if (selection.declares(field, value, name, member)) {
      settings.put(field, value);
    }
  }
}
