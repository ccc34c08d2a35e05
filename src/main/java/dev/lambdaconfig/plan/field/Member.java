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
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A member of {@code UpdateFunctionConfiguration}: the smallest unit of a request. Absent members
 * keep their values (docs/aws.md#absent-keeps), so a request has only those in which a field
 * differs.
 *
 * @param name the API's name, such as {@code VpcConfig}
 * @param path its path in the spec, such as {@code vpcConfig}
 * @param fields its parts, or itself
 * @param reading the values of the fields that a spec names: none for {@code {}}, null where it
 *     does not name the member
 * @param merges whether a spec manages its own entries only, and keeps those of other writers
 * @param observed its value in an answer
 * @param unreadable the path of AWS's error where AWS could not read it
 *     (docs/aws.md#unreadable-members), or null if it always can
 * @param cleared the request that clears all of it, or null if it cannot be cleared
 * @param finish AWS's rules for the fields together, applied after those that the spec does not
 *     name were taken from the answer; the set has those that it does name
 */
public record Member(
    String name,
    String path,
    List<Field> fields,
    Function<LambdaFunctionConfigSpec, @Nullable Map<Field, Value>> reading,
    Predicate<LambdaFunctionConfigSpec> merges,
    Function<Structure, @Nullable Value> observed,
    @Nullable List<String> unreadable,
    @Nullable Function<ObservedFunction, Value> cleared,
    BiFunction<Set<Field>, Map<Field, Value>, @Nullable Value> finish) {

  /** The member in an answer, or null. */
  public @Nullable Value in(ObservedFunction function) {
    return observed.apply(function.configuration());
  }

  /** AWS's error where it could not read the member, or null if it could. */
  public @Nullable Structure errorIn(ObservedFunction function) {
    return unreadable != null
            && function.configuration().at(unreadable.toArray(String[]::new))
                instanceof Structure error
        ? error
        : null;
  }

  /** Whether the member is a structure of fields rather than one field. */
  public boolean isBlock() {
    return !fields.getFirst().at().isEmpty();
  }

  /** The value to send, assembled from the fields. */
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
