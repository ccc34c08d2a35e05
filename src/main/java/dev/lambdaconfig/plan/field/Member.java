package dev.lambdaconfig.plan.field;

import dev.lambdaconfig.api.LambdaFunctionConfigSpec;
import dev.lambdaconfig.model.ObservedFunction;
import dev.lambdaconfig.model.Value;
import dev.lambdaconfig.model.Value.Structure;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A member of {@code UpdateFunctionConfiguration}: the smallest thing that a request can carry.
 * Absent members keep what they were, so a request carries just those in which a field differs.
 *
 * @param name the API's name, such as {@code VpcConfig}
 * @param path its path in the spec, such as {@code vpcConfig}
 * @param fields its parts, or itself
 * @param reading how the spec says it: the values of the fields that it names, none for {@code {}},
 *     null where it does not name the member
 * @param observed where the answer has it
 * @param unreadable where the answer says that AWS could not read it, or null if it always can
 * @param cleared what is sent to clear all of it, or null if it cannot be cleared
 * @param finish what AWS wants of the fields together, after those that the spec does not name were
 *     taken from the answer; the set has those that it does name
 */
public record Member(
    String name,
    String path,
    List<Field> fields,
    Function<LambdaFunctionConfigSpec, @Nullable Map<Field, Value>> reading,
    Function<Structure, @Nullable Value> observed,
    @Nullable List<String> unreadable,
    @Nullable Function<ObservedFunction, Value> cleared,
    BiFunction<Set<Field>, Map<Field, Value>, @Nullable Value> finish) {

  /** The member as the answer has it, or null. */
  public @Nullable Value in(ObservedFunction function) {
    return observed.apply(function.configuration());
  }

  /** Why AWS could not read the member, in its own words, or null if it could. */
  public @Nullable Structure errorIn(ObservedFunction function) {
    return unreadable != null
            && function.configuration().at(unreadable.toArray(String[]::new))
                instanceof Structure error
        ? error
        : null;
  }

  /** Whether this is a structure of fields rather than one field. */
  public boolean isBlock() {
    return !fields.getFirst().at().isEmpty();
  }

  /** Fields put together to the value that is sent. */
  public Value assembled(Map<Field, Value> values) {
    if (!isBlock()) {
      return Objects.requireNonNull(values.get(fields.getFirst()));
    }
    TreeMap<String, Value> structure = new TreeMap<>();
    values.forEach((field, value) -> put(structure, field.at(), value));
    return new Structure(structure);
  }

  private static void put(TreeMap<String, Value> structure, List<String> at, Value value) {
    String name = at.getFirst();
    if (at.size() == 1) {
      structure.put(name, value);
      return;
    }
    TreeMap<String, Value> inner =
        structure.get(name) instanceof Structure present
            ? new TreeMap<>(present.members())
            : new TreeMap<>();
    put(inner, at.subList(1, at.size()), value);
    structure.put(name, new Structure(inner));
  }
}
