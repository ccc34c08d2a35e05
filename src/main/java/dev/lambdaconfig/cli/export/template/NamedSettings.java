package dev.lambdaconfig.cli.export.template;

import dev.lambdaconfig.cli.export.manifest.DeclaredFunction;
import dev.lambdaconfig.cli.export.manifest.FieldSelection;
import dev.lambdaconfig.model.FunctionReference;
import dev.lambdaconfig.model.Value;
import dev.lambdaconfig.model.Value.Items;
import dev.lambdaconfig.model.Value.Structure;
import dev.lambdaconfig.plan.field.Field;
import dev.lambdaconfig.plan.field.FieldTable;
import dev.lambdaconfig.plan.field.Member;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The settings in a tree whose names are those of the API in the spelling of a tool, such as {@code
 * memory_size}, {@code KmsKeyArn} or {@code file_system_config}.
 *
 * @param function the name of the function
 * @param region the Region, or null where it is not known
 * @param attributes the tree
 */
record NamedSettings(FunctionReference function, @Nullable String region, Structure attributes) {

  /**
   * The function as a manifest declares it.
   *
   * @param allVariables whether the tree has all environment variables of the function
   */
  DeclaredFunction declared(FieldSelection selection, boolean allVariables, List<String> notes) {
    Map<Field, Value> settings = new LinkedHashMap<>();
    SortedMap<String, String> variables = new TreeMap<>();
    List<String> remarks = new ArrayList<>(notes);
    for (Member member : FieldTable.MEMBERS) {
      Value value = unwrapped(find(attributes, member.name()), member.isBlock());
      if (value == null) {
        continue;
      }
      for (Field field : member.fields()) {
        Value found = in(value, field.at());
        if (found == null || !selection.includes(field)) {
          continue;
        }
        if (field.shape() == Field.Shape.VARIABLES) {
          variables(found, variables, remarks);
        } else if (selection.declares(field, found, function.name(), inApiNames(value))) {
          settings.put(field, field.shape() == Field.Shape.MOUNTS ? inApiNames(found) : found);
        }
      }
    }
    return new DeclaredFunction(
        function.functionName(),
        function.name(),
        function.region() == null ? region : function.region(),
        settings,
        variables,
        allVariables && remarks.size() == notes.size(),
        remarks);
  }

  private static void variables(
      Value value, SortedMap<String, String> variables, List<String> remarks) {
    if (value instanceof Structure map) {
      map.members()
          .forEach(
              (name, text) -> {
                if (text instanceof Items || text instanceof Structure) {
                  remarks.add("an environment variable is not declared: its value is no text");
                } else {
                  variables.put(name, text.toString());
                }
              });
    }
  }

  private static @Nullable Value in(Value member, List<String> at) {
    Value value = member;
    for (int i = 0; i < at.size() && value != null; i++) {
      value = value instanceof Structure structure ? find(structure, at.get(i)) : null;
      value = unwrapped(value, i < at.size() - 1);
    }
    return value;
  }

  /** A block in a list of one, as Terraform writes it, or the value as it is. */
  private static @Nullable Value unwrapped(@Nullable Value value, boolean isBlock) {
    if (!isBlock || !(value instanceof Items items)) {
      return value;
    }
    return items.items().isEmpty() ? null : items.items().getFirst();
  }

  /** The member of that name in any spelling, in the singular, or cut short. */
  private static @Nullable Value find(Structure structure, String name) {
    String wanted = letters(name);
    Value begun = null;
    for (Map.Entry<String, Value> member : structure.members().entrySet()) {
      String given = letters(member.getKey());
      if (given.equals(wanted) || (given + "s").equals(wanted)) {
        return member.getValue();
      }
      if (given.length() > wanted.length() / 2 && wanted.startsWith(given + "in")) {
        // Such as RetentionPeriod for RetentionPeriodInDays.
        begun = member.getValue();
      }
    }
    return begun;
  }

  private static String letters(String name) {
    return name.replace("_", "").toLowerCase(Locale.ROOT);
  }

  /** The same tree with names such as {@code LocalMountPath} for {@code local_mount_path}. */
  private static Value inApiNames(Value value) {
    return switch (value) {
      case Items items -> new Items(items.items().stream().map(NamedSettings::inApiNames).toList());
      case Structure structure -> {
        Map<String, Value> members = new TreeMap<>();
        structure
            .members()
            .forEach((name, member) -> members.put(apiName(name), inApiNames(member)));
        yield Structure.of(members);
      }
      default -> value;
    };
  }

  private static String apiName(String name) {
    StringBuilder api = new StringBuilder();
    for (String word : name.split("_", -1)) {
      if (!word.isEmpty()) {
        api.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
      }
    }
    return api.toString();
  }
}
