package dev.lambdaconfig.plan.environment;

import dev.lambdaconfig.api.EnvFrom;
import dev.lambdaconfig.api.Environment;
import dev.lambdaconfig.api.EnvironmentNames;
import dev.lambdaconfig.api.ValueFrom;
import dev.lambdaconfig.api.ValueKeyRef;
import dev.lambdaconfig.api.ValuesRef;
import dev.lambdaconfig.plan.field.Variables;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Checks of the references to Secrets and ConfigMaps that the schema makes too. Names of objects
 * become parts of requests to the API server, so that none passes which an older schema accepted.
 */
public final class ReferenceValidation {

  private static final int MOST_VALUES = 100;
  private static final int MOST_SOURCES = 20;

  private final Environment environment;
  private final List<String> problems = new ArrayList<>();
  private final Set<String> names = new HashSet<>();

  private ReferenceValidation(Environment environment) {
    this.environment = environment;
  }

  /** The problems, each with what to write instead; empty where there are none. */
  public static List<String> of(Environment environment) {
    ReferenceValidation validation = new ReferenceValidation(environment);
    validation.values(environment.valuesFrom());
    validation.sources(environment.envFrom());
    return validation.problems;
  }

  private void values(@Nullable List<? extends @Nullable ValueFrom> values) {
    if (values == null) {
      return;
    }
    atMost("environment.valuesFrom", values.size(), MOST_VALUES);
    for (int i = 0; i < values.size(); i++) {
      String path = "environment.valuesFrom[" + i + "]";
      ValueFrom value = values.get(i);
      if (value == null) {
        problems.add(path + " has no value: set one, or remove it");
      } else {
        variable(path, value.name());
        if (isOne(path, value.secretKeyRef(), value.configMapKeyRef(), "secretKeyRef")) {
          key(path + ".secretKeyRef", value.secretKeyRef());
          key(path + ".configMapKeyRef", value.configMapKeyRef());
        }
      }
    }
    if (Variables.leastBytes(names.stream().collect(Collectors.toMap(name -> name, name -> "")))
        > Variables.MOST_BYTES) {
      problems.add(
          "environment.valuesFrom has names of variables that exceed AWS's limit of %d bytes for"
                  .formatted(Variables.MOST_BYTES)
              + " names and values together, as JSON: shorten them, or remove some");
    }
  }

  private void sources(@Nullable List<? extends @Nullable EnvFrom> sources) {
    if (sources == null) {
      return;
    }
    atMost("environment.envFrom", sources.size(), MOST_SOURCES);
    for (int i = 0; i < sources.size(); i++) {
      String path = "environment.envFrom[" + i + "]";
      EnvFrom source = sources.get(i);
      if (source == null) {
        problems.add(path + " has no value: set one, or remove it");
      } else {
        if (source.prefix() != null && !EnvironmentNames.isPrefix(source.prefix())) {
          problems.add(
              path
                  + ".prefix must be a letter, then letters, digits and underscores only, such as"
                  + " DB_");
        }
        if (isOne(path, source.secretRef(), source.configMapRef(), "secretRef")) {
          name(path + ".secretRef", source.secretRef());
          name(path + ".configMapRef", source.configMapRef());
        }
      }
    }
  }

  private void atMost(String path, int size, int most) {
    if (size > most) {
      problems.add(
          "%s has %d items, and at most %d are allowed: remove some".formatted(path, size, most));
    }
  }

  private void variable(String path, @Nullable String name) {
    if (name == null || !EnvironmentNames.isWellFormed(name)) {
      problems.add(
          path
              + ".name must be the name of a variable: a letter, then at least one letter, digit or"
              + " underscore");
    } else if (EnvironmentNames.isReserved(name)) {
      problems.add(path + ".name is reserved by Lambda (" + name + "): choose another one");
    } else if (!names.add(name)) {
      problems.add(path + ".name is that of another item too: remove all but one of them");
    } else if (environment.variables() != null && environment.variables().containsKey(name)) {
      problems.add(path + ".name is also in environment.variables: remove it from one of them");
    }
  }

  private boolean isOne(
      String path, @Nullable Object secret, @Nullable Object configMap, String member) {
    boolean isOne = (secret == null) != (configMap == null);
    if (!isOne) {
      problems.add(
          path
              + " must have one source: write either "
              + member
              + " or "
              + member.replace("secret", "configMap"));
    }
    return isOne;
  }

  private void key(String path, @Nullable ValueKeyRef ref) {
    if (ref != null) {
      object(path, ref.name());
      if (ref.key() == null || !EnvironmentNames.isDataKey(ref.key())) {
        problems.add(
            path
                + ".key must be a key of the object's data, such as password: letters, digits, -"
                + " _ and . only");
      }
    }
  }

  private void name(String path, @Nullable ValuesRef ref) {
    if (ref != null) {
      object(path, ref.name());
    }
  }

  private void object(String path, @Nullable String name) {
    if (name == null || !EnvironmentNames.isObjectName(name)) {
      problems.add(
          path
              + ".name must be the name of an object in the namespace of this resource, such as"
              + " db-credentials: lower case letters, digits, - and . only");
    }
  }
}
