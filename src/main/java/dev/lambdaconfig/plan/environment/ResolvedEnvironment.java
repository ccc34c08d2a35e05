package dev.lambdaconfig.plan.environment;

import dev.lambdaconfig.api.EnvFrom;
import dev.lambdaconfig.api.Environment;
import dev.lambdaconfig.api.EnvironmentNames;
import dev.lambdaconfig.api.ValueFrom;
import dev.lambdaconfig.api.ValueKeyRef;
import dev.lambdaconfig.model.source.SourceKey;
import dev.lambdaconfig.model.source.SourceVersions;
import dev.lambdaconfig.model.source.ValueSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
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
 * @param unread the variables that were assumed to be as the function has them
 */
public record ResolvedEnvironment(
    SortedMap<String, String> variables,
    SortedSet<String> sourced,
    SourceVersions versions,
    SortedMap<SourceKey, List<String>> skipped,
    @Nullable UnresolvedValue problem,
    List<UnreadValue> unread) {

  /** The environment of a spec that refers to no source. */
  public static final ResolvedEnvironment WITHOUT_SOURCES =
      new ResolvedEnvironment(
          new TreeMap<>(), new TreeSet<>(), SourceVersions.NONE, new TreeMap<>(), null, List.of());

  public ResolvedEnvironment {
    variables = Collections.unmodifiableSortedMap(new TreeMap<>(variables));
    sourced = Collections.unmodifiableSortedSet(new TreeSet<>(sourced));
    skipped = Collections.unmodifiableSortedMap(new TreeMap<>(skipped));
    unread = List.copyOf(unread);
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
   * The part of a source that an environment needs; the rest of an object would only take memory.
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

  static String prefixOf(EnvFrom from) {
    return from.prefix() == null ? "" : from.prefix();
  }

  static boolean isVariable(String name) {
    return EnvironmentNames.isWellFormed(name) && !EnvironmentNames.isReserved(name);
  }

  /**
   * Resolves an environment whose references are valid.
   *
   * @param read the sources that were read; one that is missing leaves the environment unresolved
   */
  public static ResolvedEnvironment of(
      @Nullable Environment environment, Map<SourceKey, ValueSource> read) {
    return of(environment, () -> new EnvironmentResolution(read));
  }

  /**
   * Resolves an environment whose references are valid, without all of its sources: a variable from
   * one that was not read, or may not be, is assumed to be as the function has it, because its
   * value cannot be compared. One that the function lacks has an empty value.
   *
   * @param read the sources that were read, absent ones and those without rights among them
   * @param live the environment variables of the function
   */
  public static ResolvedEnvironment assuming(
      @Nullable Environment environment,
      Map<SourceKey, ValueSource> read,
      Map<String, String> live) {
    return of(environment, () -> new EnvironmentResolution(read, new AssumedVariables(read, live)));
  }

  private static ResolvedEnvironment of(
      @Nullable Environment environment, Supplier<EnvironmentResolution> begin) {
    if (environment == null || sources(environment).isEmpty()) {
      return WITHOUT_SOURCES;
    }
    EnvironmentResolution resolution = begin.get();
    listed(environment.envFrom()).forEach(resolution::add);
    listed(environment.valuesFrom()).forEach(resolution::add);
    return resolution.with(environment.variables());
  }

  private static <T> List<T> listed(@Nullable List<T> items) {
    return items == null ? List.of() : items;
  }

  static SourceKey sourceOf(EnvFrom from) {
    return from.secretRef() != null
        ? SourceKey.secret(from.secretRef().name())
        : SourceKey.configMap(from.configMapRef() == null ? "" : from.configMapRef().name());
  }

  static SourceKey sourceOf(ValueFrom from) {
    return from.secretKeyRef() != null
        ? SourceKey.secret(from.secretKeyRef().name())
        : SourceKey.configMap(from.configMapKeyRef() == null ? "" : from.configMapKeyRef().name());
  }

  static @Nullable ValueKeyRef refOf(ValueFrom from) {
    return from.secretKeyRef() == null ? from.configMapKeyRef() : from.secretKeyRef();
  }

  /** Whether the environment refers to sources. */
  public boolean hasSources() {
    return !versions.versions().isEmpty();
  }

  /** Whether a source gives a variable its value, or may give it one, or may have done so. */
  public boolean mayGive(String variable) {
    return hasSources() && (sourced.contains(variable) || !variables.containsKey(variable));
  }

  /** Names the variables only: their values are secrets. */
  @Override
  public String toString() {
    return "ResolvedEnvironment" + variables.keySet();
  }
}
