package dev.lambdaconfig.cli.export.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigSpec;
import dev.lambdaconfig.model.ObservedFunction;
import dev.lambdaconfig.model.Value;
import dev.lambdaconfig.plan.Desired;
import dev.lambdaconfig.plan.Diff;
import dev.lambdaconfig.plan.Plan;
import dev.lambdaconfig.plan.field.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes the manifest of a function. Whatever the API server would refuse, or the operator not read
 * as the function has it, is left out, and noted: a manifest passes {@code validate}, and that of a
 * function that was read is in sync with it.
 */
public final class ManifestFactory {

  private static final String UNSAFE =
      "it has a control character that server-side apply would change";

  private final EnvironmentValues values;
  private final @Nullable String namespace;
  private final boolean namesRegion;
  private final SchemaVerdict schema = new SchemaVerdict();

  /**
   * Writes nothing yet.
   *
   * @param namespace the namespace of the resources, or null to name none
   * @param namesRegion whether the names of resources have the Region
   */
  public ManifestFactory(
      EnvironmentValues values, @Nullable String namespace, boolean namesRegion) {
    this.values = values;
    this.namespace = namespace;
    this.namesRegion = namesRegion;
  }

  /** Whether the names of resources have the Region. */
  public boolean namesRegion() {
    return namesRegion;
  }

  /**
   * The manifest of a function.
   *
   * @param function the function as AWS described it, or null where AWS was not asked
   */
  public ExportedManifest of(DeclaredFunction declared, @Nullable ObservedFunction function) {
    String name = name(declared);
    List<String> notes = new ArrayList<>(declared.notes());
    Map<Field, Value> settings = readable(declared, function, notes);
    DeclaredEnvironment environment =
        DeclaredEnvironment.of(
            declared,
            values,
            name,
            namespace,
            block ->
                schema.faultWithoutValue(
                    tree(declared, settings).put("environment", block).ordered()),
            notes);
    SpecTree tree = tree(declared, settings);
    JsonNode block = environment.block();
    if (block != null) {
      tree.put("environment", block);
    }
    return new ExportedManifest(
        name, text(name, tree, notes), environment.inClear(), environment.secret(), notes);
  }

  /** The name of the resource of a function. */
  public String name(DeclaredFunction declared) {
    return ResourceNames.of(declared.name(), namesRegion ? declared.region() : null);
  }

  private String text(String name, SpecTree spec, List<String> notes) {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("name", name);
    if (namespace != null) {
      metadata.put("namespace", namespace);
    }
    LinkedHashMap<String, Object> resource = new LinkedHashMap<>();
    resource.put("apiVersion", LambdaFunctionConfig.API_VERSION);
    resource.put("kind", "LambdaFunctionConfig");
    resource.put("metadata", metadata);
    resource.put("spec", spec.ordered());
    StringBuilder text = new StringBuilder();
    notes.forEach(note -> text.append("# ").append(note).append('\n'));
    return text.append(YamlText.of(SpecTree.treeOf(resource))).toString();
  }

  private static SpecTree tree(DeclaredFunction declared, Map<Field, Value> settings) {
    SpecTree tree = new SpecTree().put("functionName", declared.functionName());
    if (declared.region() != null) {
      tree.put("region", declared.region());
    }
    settings.forEach(tree::put);
    return tree;
  }

  /** The settings that the operator reads as they are. */
  private Map<Field, Value> readable(
      DeclaredFunction declared, @Nullable ObservedFunction function, List<String> notes) {
    boolean safe = declared.settings().values().stream().allMatch(ManifestFactory::isSafe);
    if (safe && fault(declared, declared.settings(), function) == null) {
      return declared.settings();
    }
    Map<Field, Value> readable = new LinkedHashMap<>();
    declared
        .settings()
        .forEach(
            (field, value) -> {
              Map<Field, Value> more = new LinkedHashMap<>(readable);
              more.put(field, value);
              String fault = isSafe(value) ? fault(declared, more, function) : UNSAFE;
              if (fault == null) {
                readable.put(field, value);
              } else {
                notes.add(field.path() + " is not declared: " + fault);
              }
            });
    return readable;
  }

  private static boolean isSafe(Value value) {
    return switch (value) {
      case Value.Text(String text) -> YamlText.isSafeToApply(text);
      case Value.Items(List<Value> items) -> items.stream().allMatch(ManifestFactory::isSafe);
      case Value.Structure structure ->
          structure.members().values().stream().allMatch(ManifestFactory::isSafe);
      case Value.Secret secret -> false;
      case Value.Numeral number -> true;
      case Value.Flag flag -> true;
    };
  }

  /** The reason why settings cannot be declared together, or null if they can. */
  private @Nullable String fault(
      DeclaredFunction declared, Map<Field, Value> settings, @Nullable ObservedFunction function) {
    LambdaFunctionConfigSpec spec;
    try {
      spec = tree(declared, settings).spec();
    } catch (IllegalArgumentException e) {
      return "its value has another type than that of the spec";
    }
    Desired desired = Desired.of(spec);
    if (!desired.problems().isEmpty()) {
      return desired.problems().getFirst().replaceAll("\\s+", " ");
    }
    String refused = schema.fault(tree(declared, settings).ordered());
    if (refused != null || function == null) {
      return refused;
    }
    Plan plan = Diff.between(desired, function);
    return plan.isEmpty() && plan.differences().isEmpty()
        ? null
        : "the operator would change the function";
  }
}
