package dev.lambdaconfig.cli.plan.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdaconfig.cli.plan.planning.SourceLookup;
import dev.lambdaconfig.model.source.SourceKey;
import dev.lambdaconfig.model.source.SourceVersion;
import dev.lambdaconfig.model.source.ValueSource;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The Secrets and ConfigMaps among the manifests. One that is there twice belongs to several
 * clusters, and one that the API server would refuse or that is encrypted has no values here: they
 * are not known.
 */
public final class ManifestSources implements SourceLookup {

  /** The member in which SOPS keeps what it needs to decrypt the values. */
  private static final String SOPS = "sops";

  /** The values of manifests have no version yet. */
  private static final SourceVersion VERSION = new SourceVersion(null, null);

  private record Place(@Nullable String namespace, SourceKey key) {}

  private final Map<Place, ValueSource> known = new HashMap<>();
  private final Set<Place> used = new HashSet<>();

  /** Reads the sources. */
  public ManifestSources(List<ObjectNode> manifests) {
    Set<Place> seen = new HashSet<>();
    for (ObjectNode manifest : manifests) {
      JsonNode metadata = manifest.path("metadata");
      String name = metadata.path("name").asText("");
      boolean isSecret = manifest.path("kind").asText().equals("Secret");
      Place place =
          new Place(
              metadata.path("namespace").textValue(),
              isSecret ? SourceKey.secret(name) : SourceKey.configMap(name));
      ValueSource source = isSecret ? secret(manifest) : configMap(manifest);
      if (!seen.add(place)) {
        known.remove(place);
      } else if (source != null && !manifest.has(SOPS)) {
        known.put(place, source);
      }
    }
  }

  @Override
  public Map<SourceKey, ValueSource> read(@Nullable String namespace, Set<SourceKey> keys) {
    Map<SourceKey, ValueSource> found = new HashMap<>();
    for (SourceKey key : keys) {
      ValueSource source = known.get(new Place(namespace, key));
      if (source != null) {
        found.put(key, source);
        used.add(new Place(namespace, key));
      }
    }
    return found;
  }

  /**
   * The resources that no plan was made from.
   *
   * @param others the number of resources of each other kind among the manifests
   */
  public SortedMap<String, Integer> unused(SortedMap<String, Integer> others) {
    SortedMap<String, Integer> unused = new TreeMap<>(others);
    for (Place place : used) {
      unused.computeIfPresent(
          place.key().kind().toString(), (kind, count) -> count == 1 ? null : count - 1);
    }
    return unused;
  }

  private static @Nullable ValueSource secret(ObjectNode manifest) {
    Map<String, String> data = texts(manifest.path("data"));
    Map<String, String> clear = texts(manifest.path("stringData"));
    if (data == null || clear == null) {
      return null;
    }
    // As the API server merges them.
    clear.forEach((key, text) -> data.put(key, base64(text)));
    return ValueSource.Present.ofSecret(VERSION, data);
  }

  private static @Nullable ValueSource configMap(ObjectNode manifest) {
    Map<String, String> data = texts(manifest.path("data"));
    Map<String, String> binary = texts(manifest.path("binaryData"));
    return data == null || binary == null
        ? null
        : ValueSource.Present.ofConfigMap(VERSION, data, binary);
  }

  /** A map of texts; null for anything else, which the API server refuses. */
  private static @Nullable Map<String, String> texts(JsonNode written) {
    Map<String, String> texts = new HashMap<>();
    if (written.isMissingNode() || written.isNull()) {
      return texts;
    }
    if (!written.isObject()) {
      return null;
    }
    for (Map.Entry<String, JsonNode> member : written.properties()) {
      JsonNode value = member.getValue();
      if (!value.isTextual() && !value.isNull()) {
        return null;
      }
      texts.put(member.getKey(), value.isNull() ? "" : value.textValue());
    }
    return texts;
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
