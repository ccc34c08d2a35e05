package dev.lambdaconfig.cli.export.template;

import dev.lambdaconfig.model.Value;
import dev.lambdaconfig.model.Value.Items;
import dev.lambdaconfig.model.Value.Structure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The properties of a function of SAM, with its Globals, in the names of CloudFormation. */
final class SamProperties {

  private SamProperties() {}

  /** The properties with those of Globals: maps are merged, lists joined, others replaced. */
  static Structure merged(@Nullable Value globals, Structure own) {
    return globals instanceof Structure common && merge(common, own) instanceof Structure merged
        ? merged
        : own;
  }

  private static Value merge(Value common, Value own) {
    if (common == TemplateValues.UNKNOWN || own == TemplateValues.UNKNOWN) {
      return own instanceof Items || own instanceof Structure ? TemplateValues.UNKNOWN : own;
    }
    if (common instanceof Structure(var all) && own instanceof Structure(var members)) {
      Map<String, Value> merged = new TreeMap<>(all);
      members.forEach((name, value) -> merged.merge(name, value, SamProperties::merge));
      return Structure.of(merged);
    }
    if (common instanceof Items(List<Value> first) && own instanceof Items(List<Value> last)) {
      List<Value> joined = new ArrayList<>(first);
      joined.addAll(last);
      return new Items(joined);
    }
    return own;
  }

  /** The properties in the names that CloudFormation has for them. */
  static Structure ofCloudFormation(Structure sam) {
    Structure renamed = sam;
    Value tracing = sam.at("Tracing");
    if (tracing != null) {
      renamed = renamed.with("TracingConfig", Structure.of(Map.of("Mode", tracing)));
    }
    Value queue = sam.at("DeadLetterQueue");
    if (queue != null) {
      renamed = renamed.with("DeadLetterConfig", queue);
    }
    if (sam.at("CapacityProviderConfig") instanceof Structure(var members)
        && members.get("Arn") != null) {
      Map<String, Value> provider = new TreeMap<>(members);
      Value arn = provider.remove("Arn");
      provider.put("CapacityProviderArn", arn);
      renamed =
          renamed.with(
              "CapacityProviderConfig",
              Structure.of(
                  Map.of("LambdaManagedInstancesCapacityProviderConfig", Structure.of(provider))));
    }
    return renamed;
  }

  /** The same without the values that are not known. */
  static Structure known(Structure structure) {
    Map<String, Value> known = new TreeMap<>();
    structure
        .members()
        .forEach(
            (name, value) -> {
              if (value instanceof Structure inner) {
                known.put(name, known(inner));
              } else if (value != TemplateValues.UNKNOWN) {
                known.put(name, value);
              }
            });
    return Structure.of(known);
  }
}
