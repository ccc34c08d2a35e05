package dev.lambdaconfig.plan.environment;

import dev.lambdaconfig.api.EnvFrom;
import dev.lambdaconfig.api.Environment;
import dev.lambdaconfig.api.EnvironmentNames;
import dev.lambdaconfig.api.ValueFrom;
import dev.lambdaconfig.api.ValueKeyRef;
import dev.lambdaconfig.model.source.SourceKey;
import dev.lambdaconfig.model.source.SourceVersions;
import dev.lambdaconfig.model.source.ValueSource;
import dev.lambdaconfig.plan.field.Variables;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The environment variables of a spec, with the values of the Secrets and ConfigMaps that it refers
 * to. Everything in it that has a value is secret.
 *
 * @param variables the variables, by name
 * @param sourced the names of those whose values come from sources
 * @param versions the versions of the sources
 * @param skipped by source, the keys that cannot be variables
 * @param problem the reason for which the variables are not known, or null where they are
 */
public record ResolvedEnvironment(
    SortedMap<String, String> variables,
    SortedSet<String> sourced,
    SourceVersions versions,
    SortedMap<SourceKey, List<String>> skipped,
    @Nullable UnresolvedValue problem) {

  /** The environment of a spec that refers to no source. */
  public static final ResolvedEnvironment WITHOUT_SOURCES =
      new ResolvedEnvironment(
          new TreeMap<>(), new TreeSet<>(), SourceVersions.NONE, new TreeMap<>(), null);

  public ResolvedEnvironment {
    variables = Collections.unmodifiableSortedMap(new TreeMap<>(variables));
    sourced = Collections.unmodifiableSortedSet(new TreeSet<>(sourced));
    skipped = Collections.unmodifiableSortedMap(new TreeMap<>(skipped));
  }

  /** The sources that an environment refers to. */
  public static SortedSet<SourceKey> sources(@Nullable Environment environment) {
    SortedSet<SourceKey> sources = new TreeSet<>();
    if (environment != null) {
      for (EnvFrom from : listed(environment.envFrom())) {
        sources.add(sourceOf(from));
      }
      for (ValueFrom from : listed(environment.valuesFrom())) {
        sources.add(sourceOf(from));
      }
    }
    return sources;
  }

  /**
   * What an environment takes of a source; the rest of an object would only take memory.
   *
   * @param read what a read of the source showed
   */
  public static ValueSource needed(
      @Nullable Environment environment, SourceKey source, ValueSource read) {
    if (environment == null || !(read instanceof ValueSource.Present present)) {
      return read;
    }
    SortedSet<String> named = new TreeSet<>();
    for (ValueFrom from : listed(environment.valuesFrom())) {
      ValueKeyRef ref = refOf(from);
      if (ref != null && sourceOf(from).equals(source)) {
        named.add(ref.key());
      }
    }
    List<String> prefixes =
        listed(environment.envFrom()).stream()
            .filter(from -> sourceOf(from).equals(source))
            .map(ResolvedEnvironment::prefixOf)
            .toList();
    return present.only(
        named,
        prefixes.isEmpty()
            ? null
            : key -> prefixes.stream().anyMatch(prefix -> isVariable(prefix + key)));
  }

  private static String prefixOf(EnvFrom from) {
    return from.prefix() == null ? "" : from.prefix();
  }

  private static boolean isVariable(String name) {
    return EnvironmentNames.isWellFormed(name) && !EnvironmentNames.isReserved(name);
  }

  /**
   * Resolves an environment whose references are valid.
   *
   * @param read the sources that were read; one that is missing leaves the environment unresolved
   */
  public static ResolvedEnvironment of(
      @Nullable Environment environment, Map<SourceKey, ValueSource> read) {
    Set<SourceKey> keys = sources(environment);
    if (environment == null || keys.isEmpty()) {
      return WITHOUT_SOURCES;
    }
    Resolution resolution = new Resolution(read);
    listed(environment.envFrom()).forEach(resolution::add);
    listed(environment.valuesFrom()).forEach(resolution::add);
    return resolution.with(environment.variables());
  }

  private static <T> List<T> listed(@Nullable List<T> items) {
    return items == null ? List.of() : items;
  }

  private static SourceKey sourceOf(EnvFrom from) {
    return from.secretRef() != null
        ? SourceKey.secret(from.secretRef().name())
        : SourceKey.configMap(from.configMapRef() == null ? "" : from.configMapRef().name());
  }

  private static SourceKey sourceOf(ValueFrom from) {
    return from.secretKeyRef() != null
        ? SourceKey.secret(from.secretKeyRef().name())
        : SourceKey.configMap(from.configMapKeyRef() == null ? "" : from.configMapKeyRef().name());
  }

  private static @Nullable ValueKeyRef refOf(ValueFrom from) {
    return from.secretKeyRef() == null ? from.configMapKeyRef() : from.secretKeyRef();
  }

  /** Whether the environment refers to sources. */
  public boolean hasSources() {
    return !versions.versions().isEmpty();
  }

  /** A resolution under way: later variables replace earlier ones of the same name. */
  private static final class Resolution {

    private final Map<SourceKey, ValueSource> read;
    private final SortedMap<SourceKey, ValueSource> used = new TreeMap<>();
    private final SortedMap<String, String> variables = new TreeMap<>();
    private final SortedMap<SourceKey, List<String>> skipped = new TreeMap<>();
    private final List<UnresolvedValue> problems = new ArrayList<>();

    Resolution(Map<SourceKey, ValueSource> read) {
      this.read = read;
    }

    void add(EnvFrom from) {
      SourceKey key = sourceOf(from);
      boolean optional =
          (from.secretRef() != null && from.secretRef().isOptional())
              || (from.configMapRef() != null && from.configMapRef().isOptional());
      ValueSource.Present source = present(key, optional);
      if (source == null) {
        return;
      }
      String prefix = prefixOf(from);
      SortedSet<String> unusable = new TreeSet<>(source.unusable().keySet());
      source
          .values()
          .forEach(
              (name, value) -> {
                String variable = prefix + name;
                if (isVariable(variable)) {
                  variables.put(variable, value);
                } else {
                  unusable.add(name);
                }
              });
      if (!unusable.isEmpty()) {
        skipped.merge(
            key,
            List.copyOf(unusable),
            (one, other) -> {
              SortedSet<String> both = new TreeSet<>(one);
              both.addAll(other);
              return List.copyOf(both);
            });
      }
    }

    void add(ValueFrom from) {
      SourceKey key = sourceOf(from);
      ValueKeyRef ref = refOf(from);
      if (ref == null) {
        return;
      }
      ValueSource.Present source = present(key, ref.isOptional());
      if (source == null) {
        return;
      }
      String value = source.values().get(ref.key());
      ValueSource.Flaw flaw = source.unusable().get(ref.key());
      if (value != null) {
        variables.put(from.name(), value);
      } else if (flaw != null) {
        problems.add(UnresolvedValue.unusable(key, ref.key(), from.name(), flaw));
      } else if (!ref.isOptional()) {
        problems.add(UnresolvedValue.keyNotFound(key, ref.key(), from.name()));
      }
    }

    /** The source if it exists; else notes what is wrong with that. */
    private ValueSource.@Nullable Present present(SourceKey key, boolean optional) {
      ValueSource source = read.get(key);
      used.put(key, source == null ? ValueSource.ABSENT : source);
      return switch (source) {
        case ValueSource.Present present -> present;
        case ValueSource.Denied(String message) -> noted(UnresolvedValue.forbidden(message));
        case ValueSource.Absent absent when optional -> null;
        case ValueSource.Absent absent -> noted(UnresolvedValue.notFound(key));
        case null -> noted(UnresolvedValue.notFound(key));
      };
    }

    private ValueSource.@Nullable Present noted(UnresolvedValue problem) {
      problems.add(problem);
      return null;
    }

    ResolvedEnvironment with(@Nullable Map<String, String> literal) {
      SortedSet<String> sourced = new TreeSet<>(variables.keySet());
      if (literal != null) {
        sourced.removeAll(literal.keySet());
        variables.putAll(literal);
      }
      long bytes = Variables.leastBytes(variables);
      if (problems.isEmpty() && bytes > Variables.MOST_BYTES) {
        problems.add(UnresolvedValue.tooLarge(bytes));
      }
      return new ResolvedEnvironment(
          variables,
          sourced,
          SourceVersions.of(used),
          skipped,
          problems.isEmpty() ? null : UnresolvedValue.of(problems));
    }
  }

  /** Names the variables only: their values are secrets. */
  @Override
  public String toString() {
    return "ResolvedEnvironment" + variables.keySet();
  }
}
