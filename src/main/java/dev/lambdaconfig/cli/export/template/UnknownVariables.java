package dev.lambdaconfig.cli.export.template;

import dev.lambdaconfig.api.EnvironmentNames;
import dev.lambdaconfig.cli.export.template.value.TemplateValues;
import dev.lambdaconfig.model.Value.Structure;
import dev.lambdaconfig.text.Counted;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The environment variables of a template whose values are not known, by their names. */
final class UnknownVariables {

  private static final int NAMES_SHOWN = 20;

  private UnknownVariables() {}

  /** Says which variables of a function are not declared, or null if there are none. */
  static @Nullable String note(Structure properties) {
    if (!(properties.at("Environment") instanceof Structure environment)
        || !(environment.at("Variables") instanceof Structure variables)) {
      return null;
    }
    List<String> unknown =
        variables.members().entrySet().stream()
            .filter(member -> TemplateValues.hasUnknown(member.getValue()))
            .map(Map.Entry::getKey)
            .filter(EnvironmentNames::isWellFormed)
            .toList();
    if (unknown.isEmpty()) {
      return null;
    }
    String names = Counted.first(unknown, NAMES_SHOWN);
    return unknown.size() == 1
        ? "an environment variable is not declared, for its value is not known: " + names
        : "environment variables are not declared, for their values are not known: " + names;
  }
}
