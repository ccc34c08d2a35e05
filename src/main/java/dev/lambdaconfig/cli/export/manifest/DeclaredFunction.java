package dev.lambdaconfig.cli.export.manifest;

import dev.lambdaconfig.model.Value;
import dev.lambdaconfig.plan.field.Field;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A function with the settings to declare for it.
 *
 * @param functionName the name or ARN that the manifest has
 * @param name the bare name
 * @param region the Region, or null where it is not known
 * @param settings the values of fields, but for environment variables
 * @param variables the environment variables, which are secrets
 * @param allVariables whether these are all variables of the function
 * @param notes what is not declared, and why
 */
public record DeclaredFunction(
    String functionName,
    String name,
    @Nullable String region,
    Map<Field, Value> settings,
    SortedMap<String, String> variables,
    boolean allVariables,
    List<String> notes) {

  /** Creates it with copies of the collections. */
  public DeclaredFunction {
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    variables = Collections.unmodifiableSortedMap(new TreeMap<>(variables));
    notes = List.copyOf(notes);
  }

  /** Names the function only: values can be secrets. */
  @Override
  public String toString() {
    return "DeclaredFunction[" + functionName + "]";
  }
}
