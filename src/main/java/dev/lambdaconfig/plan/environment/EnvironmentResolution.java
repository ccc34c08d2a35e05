package dev.lambdaconfig.plan.environment;

import dev.lambdaconfig.api.EnvFrom;
import dev.lambdaconfig.api.ValueFrom;
import dev.lambdaconfig.api.ValueKeyRef;
import dev.lambdaconfig.model.source.SourceKey;
import dev.lambdaconfig.model.source.SourceVersions;
import dev.lambdaconfig.model.source.ValueSource;
import dev.lambdaconfig.plan.field.Variables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A resolution under way: later variables replace earlier ones of the same name. */
final class EnvironmentResolution {

  private final Map<SourceKey, ValueSource> read;
  private final SortedMap<SourceKey, ValueSource> used = new TreeMap<>();
  private final SortedMap<String, String> variables = new TreeMap<>();
  private final SortedMap<SourceKey, List<String>> skipped = new TreeMap<>();

  /** Variables whose values cannot be had, unless a later one replaces them. */
  private final SortedMap<String, UnresolvedValue> lacking = new TreeMap<>();

  private final List<UnresolvedValue> problems = new ArrayList<>();
  private final AssumedVariables assumed;

  EnvironmentResolution(Map<SourceKey, ValueSource> read) {
    this(read, AssumedVariables.none());
  }

  EnvironmentResolution(Map<SourceKey, ValueSource> read, AssumedVariables assumed) {
    this.read = read;
    this.assumed = assumed;
  }

  void add(EnvFrom from) {
    SourceKey key = ResolvedEnvironment.sourceOf(from);
    boolean optional =
        (from.secretRef() != null && from.secretRef().isOptional())
            || (from.configMapRef() != null && from.configMapRef().isOptional());
    if (assumed.covers(key)) {
      used.put(key, ValueSource.ABSENT);
      assumed
          .all(key, ResolvedEnvironment.prefixOf(from), ResolvedEnvironment::isVariable)
          .forEach(this::set);
      return;
    }
    ValueSource.Present source = present(key, optional);
    if (source == null) {
      return;
    }
    String prefix = ResolvedEnvironment.prefixOf(from);
    SortedSet<String> unusable = new TreeSet<>();
    source
        .values()
        .forEach(
            (name, value) -> {
              String variable = prefix + name;
              if (ResolvedEnvironment.isVariable(variable)) {
                put(variable, value);
              } else {
                unusable.add(name);
              }
            });
    source
        .unusable()
        .forEach(
            (name, flaw) -> {
              String variable = prefix + name;
              if (ResolvedEnvironment.isVariable(variable)) {
                // Skipped, it would be deleted from the function.
                variables.remove(variable);
                lacking.put(variable, UnresolvedValue.ofAll(key, name, variable, flaw));
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
    SourceKey key = ResolvedEnvironment.sourceOf(from);
    ValueKeyRef ref = ResolvedEnvironment.refOf(from);
    if (ref == null) {
      return;
    }
    if (assumed.covers(key)) {
      used.put(key, ValueSource.ABSENT);
      String value = assumed.one(key, ref, from.name());
      if (value != null) {
        set(from.name(), value);
      }
      return;
    }
    ValueSource.Present source = present(key, ref.isOptional());
    if (source == null) {
      return;
    }
    String value = source.values().get(ref.key());
    ValueSource.Flaw flaw = source.unusable().get(ref.key());
    if (value != null) {
      put(from.name(), value);
    } else if (flaw != null) {
      problems.add(UnresolvedValue.unusable(key, ref.key(), from.name(), flaw));
    } else if (!ref.isOptional()) {
      problems.add(UnresolvedValue.keyNotFound(key, ref.key(), from.name()));
    }
  }

  private void set(String variable, String value) {
    variables.put(variable, value);
    lacking.remove(variable);
  }

  private void put(String variable, String value) {
    set(variable, value);
    assumed.known(variable);
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
      literal.forEach(this::put);
    }
    problems.addAll(lacking.values());
    long bytes = Variables.leastBytes(variables);
    if (problems.isEmpty() && bytes > Variables.MOST_BYTES) {
      problems.add(UnresolvedValue.tooLarge(bytes));
    }
    return new ResolvedEnvironment(
        variables,
        sourced,
        SourceVersions.of(used),
        skipped,
        problems.isEmpty() ? null : UnresolvedValue.of(problems),
        assumed.unread());
  }
}
