package dev.lambdaconfig.status;

import dev.lambdaconfig.api.ValueSourceStatus;
import dev.lambdaconfig.model.source.SourceKey;
import dev.lambdaconfig.model.source.SourceVersion;
import dev.lambdaconfig.model.source.SourceVersions;
import dev.lambdaconfig.plan.Desired;
import dev.lambdaconfig.text.WholeText;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The part of the status that says which versions of Secrets and ConfigMaps a function has. */
public final class ValueSourceFacts {

  /** Number of skipped keys that are listed for a source. */
  private static final int LISTED = 10;

  /** Number of characters of a key that are listed. */
  private static final int LONGEST_KEY = 64;

  private ValueSourceFacts() {}

  /** The sources of settings that a function has, or null where there are none. */
  static @Nullable List<ValueSourceStatus> of(Desired desired) {
    List<ValueSourceStatus> facts = new ArrayList<>();
    desired
        .sources()
        .versions()
        .forEach(
            (source, version) ->
                facts.add(
                    new ValueSourceStatus(
                        source.kind().toString(),
                        source.name(),
                        version.uid(),
                        version.resourceVersion(),
                        skipped(desired.skipped().get(source)))));
    return facts.isEmpty() ? null : facts;
  }

  private static @Nullable List<String> skipped(@Nullable List<String> keys) {
    return keys == null
        ? null
        : keys.stream().limit(LISTED).map(key -> WholeText.shortened(key, LONGEST_KEY)).toList();
  }

  /** The skipped keys that a status lists, by source, for a message; empty where there are none. */
  static String skippedKeys(@Nullable List<ValueSourceStatus> facts) {
    return facts == null
        ? ""
        : facts.stream()
            .filter(fact -> fact.skippedKeys() != null)
            .map(
                fact ->
                    String.join(", ", fact.skippedKeys())
                        + " of "
                        + fact.kind()
                        + " "
                        + fact.name())
            .collect(Collectors.joining("; "));
  }

  /** The digest of the versions that a status lists, or null where it lists none. */
  public static @Nullable String digest(@Nullable List<ValueSourceStatus> facts) {
    SortedMap<SourceKey, SourceVersion> versions = new TreeMap<>();
    if (facts != null) {
      for (ValueSourceStatus fact : facts) {
        for (SourceKey.Kind kind : SourceKey.Kind.values()) {
          if (kind.toString().equals(fact.kind()) && fact.name() != null) {
            versions.put(
                new SourceKey(kind, fact.name()),
                new SourceVersion(fact.uid(), fact.resourceVersion()));
          }
        }
      }
    }
    return new SourceVersions(versions).digest();
  }
}
