package dev.lambdaconfig.cli.manifest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdaconfig.cli.format.SafeText;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The manifests that were read.
 *
 * @param manifests the resources, in the order of sources, file names and documents
 * @param problems why others could not be read, and what is wrong with some of these
 * @param skippedKinds the number of resources of each other kind
 * @param sources the Secrets and ConfigMaps among the others, as they are written
 * @param notes what users are to know besides, such as a kustomization that is not applied
 * @param order the place of each file in the order of reading
 */
public record ManifestSet(
    List<Manifest> manifests,
    List<ManifestProblem> problems,
    SortedMap<String, Integer> skippedKinds,
    List<ObjectNode> sources,
    List<String> notes,
    Map<String, Integer> order) {

  /** Creates a set. */
  public ManifestSet {
    manifests = List.copyOf(manifests);
    problems = List.copyOf(problems);
    skippedKinds = Collections.unmodifiableSortedMap(new TreeMap<>(skippedKinds));
    sources = List.copyOf(sources);
    notes = List.copyOf(notes);
    order = Map.copyOf(order);
  }

  /** The place of a file in the order of reading; what was not read comes last. */
  public int place(String file) {
    return order.getOrDefault(file, Integer.MAX_VALUE);
  }

  /** The notes as lines for people, each safe to print. */
  public List<String> noteLines() {
    return notes.stream().map(note -> "note: " + SafeText.of(note)).toList();
  }
}
