package dev.lambdaconfig.cli.validate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdaconfig.cli.manifest.Manifest;
import dev.lambdaconfig.cli.manifest.ManifestProblem;
import dev.lambdaconfig.cli.manifest.ManifestSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The manifests as they were before a change. Of one resource there can be several, where a folder
 * holds those of several clusters.
 *
 * @param resources the resources by namespace and name
 * @param problems why others could not be read
 */
record BaseManifests(Map<Key, List<ObjectNode>> resources, List<ManifestProblem> problems) {

  /** The identity of a resource in a cluster. */
  record Key(@Nullable String namespace, String name) {}

  BaseManifests {
    resources = Map.copyOf(resources);
    problems = List.copyOf(problems);
  }

  static BaseManifests of(ManifestSet manifests) {
    Map<Key, List<ObjectNode>> resources = new HashMap<>();
    for (Manifest manifest : manifests.manifests()) {
      String name = manifest.name();
      if (name != null) {
        resources
            .computeIfAbsent(new Key(manifest.namespace(), name), key -> new ArrayList<>())
            .add(manifest.tree());
      }
    }
    return new BaseManifests(resources, manifests.problems());
  }

  /** The earlier manifests that the resource of a manifest may have had; empty for a new one. */
  List<ObjectNode> of(Manifest manifest) {
    String name = manifest.name();
    return name == null
        ? List.of()
        : resources.getOrDefault(new Key(manifest.namespace(), name), List.of());
  }
}
