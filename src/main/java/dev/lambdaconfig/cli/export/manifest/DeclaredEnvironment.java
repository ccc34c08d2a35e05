package dev.lambdaconfig.cli.export.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lambdaconfig.api.EnvironmentNames;
import dev.lambdaconfig.text.Counted;
import dev.lambdaconfig.text.WholeText;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The environment of a resource.
 *
 * @param block the block of the spec, or null where the environment is not declared
 * @param inClear whether the block has values
 * @param secret the YAML of the Secret that the block refers to, or null
 */
record DeclaredEnvironment(@Nullable JsonNode block, boolean inClear, @Nullable String secret) {

  private static final DeclaredEnvironment NONE = new DeclaredEnvironment(null, false, null);

  /** The name of a Secret is that of its resource and this. */
  private static final String SUFFIX = "-env";

  private static final int NAMES_SHOWN = 20;

  /**
   * The environment of a function; why it is not declared, or not all of it, is noted.
   *
   * @param fault why the resource cannot have a block, or null
   */
  static DeclaredEnvironment of(
      DeclaredFunction function,
      EnvironmentValues values,
      String resource,
      @Nullable String namespace,
      Function<JsonNode, @Nullable String> fault,
      List<String> notes) {
    SortedMap<String, String> variables = function.variables();
    if (variables.isEmpty()) {
      return NONE;
    }
    String problem = values == EnvironmentValues.LEFT_OUT ? null : problem(variables, values);
    if (values == EnvironmentValues.LEFT_OUT || problem != null) {
      return none(problem, variables, notes);
    }
    LinkedHashMap<String, Object> block = new LinkedHashMap<>();
    if (values == EnvironmentValues.IN_CLEAR) {
      block.put("variables", variables);
    } else {
      block.put("envFrom", List.of(Map.of("secretRef", Map.of("name", resource + SUFFIX))));
    }
    if (!function.allVariables()) {
      block.put("policy", "Merge");
    }
    JsonNode tree = SpecTree.treeOf(block);
    String refused = fault.apply(tree);
    if (refused != null) {
      return none(refused, variables, notes);
    }
    return values == EnvironmentValues.IN_CLEAR
        ? new DeclaredEnvironment(tree, true, null)
        : new DeclaredEnvironment(tree, false, secret(resource + SUFFIX, namespace, variables));
  }

  private static DeclaredEnvironment none(
      @Nullable String problem, SortedMap<String, String> variables, List<String> notes) {
    notes.add(
        "environment is not declared%s: the function has %s"
            .formatted(problem == null ? "" : " (" + problem + ")", names(variables)));
    return NONE;
  }

  private static String secret(
      String name, @Nullable String namespace, SortedMap<String, String> variables) {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("name", name);
    if (namespace != null) {
      metadata.put("namespace", namespace);
    }
    LinkedHashMap<String, Object> secret = new LinkedHashMap<>();
    secret.put("apiVersion", "v1");
    secret.put("kind", "Secret");
    secret.put("metadata", metadata);
    secret.put("type", "Opaque");
    SortedMap<String, String> texts = new TreeMap<>();
    SortedMap<String, String> encoded = new TreeMap<>();
    variables.forEach(
        (key, value) -> {
          if (YamlText.isSafeToApply(value)) {
            texts.put(key, value);
          } else {
            encoded.put(
                key, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)));
          }
        });
    if (!texts.isEmpty()) {
      secret.put("stringData", texts);
    }
    if (!encoded.isEmpty()) {
      secret.put("data", encoded);
    }
    return YamlText.of(SpecTree.treeOf(secret));
  }

  /** The reason why variables cannot be declared, or null if they can. */
  private static @Nullable String problem(
      SortedMap<String, String> variables, EnvironmentValues values) {
    for (Map.Entry<String, String> variable : variables.entrySet()) {
      String name = variable.getKey();
      if (!EnvironmentNames.isWellFormed(name)
          || EnvironmentNames.isReserved(name)
          || !EnvironmentNames.isDataKey(name)) {
        return "a resource cannot name one of its variables";
      }
      String text = variable.getValue();
      if (!text.equals(WholeText.of(text))
          || (values == EnvironmentValues.IN_SECRETS && text.indexOf('\0') >= 0)) {
        return "the value of one of its variables is no text";
      }
      if (values == EnvironmentValues.IN_CLEAR && !YamlText.isSafeToApply(text)) {
        return "one of its values has a control character that server-side apply would change; a"
            + " Secret can hold it";
      }
    }
    return null;
  }

  private static String names(SortedMap<String, String> variables) {
    List<String> shown =
        variables.keySet().stream()
            .filter(EnvironmentNames::isWellFormed)
            .limit(NAMES_SHOWN)
            .toList();
    int size = variables.size();
    if (shown.isEmpty()) {
      return size == 1 ? "one variable" : Counted.of(size, "variable");
    }
    String more = shown.size() < size ? ", ..." : "";
    return size == 1
        ? "the variable " + shown.getFirst()
        : "%s (%s%s)".formatted(Counted.of(size, "variable"), String.join(", ", shown), more);
  }
}
