package dev.lambdaconfig.cli.manifest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.cli.manifest.tree.Document;
import dev.lambdaconfig.cli.manifest.tree.PositionTree;
import dev.lambdaconfig.cli.manifest.tree.TextFault;
import dev.lambdaconfig.kube.reading.StrippedSerialization;
import dev.lambdaconfig.text.WholeText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Sorts the resources of documents by kind: those of the operator are kept, others are counted. */
final class ResourceSorter {

  private static final String KIND = "LambdaFunctionConfig";
  private static final String API_VERSION = LambdaFunctionConfig.API_VERSION;
  private static final String WHAT_TO_WRITE = "apiVersion: " + API_VERSION + ", kind: " + KIND;

  /** The kinds that values of environment variables come from. */
  private static final Set<String> SOURCES = Set.of("Secret", "ConfigMap");

  private static final String CHART = "Chart.yaml";
  private static final String CHART_MESSAGE =
      "this is a Helm chart, whose templates are not rendered: pipe what helm template prints to"
          + " -f -";

  private static final int LONGEST_KIND = 100;

  private final Problems problems;
  private final List<Manifest> manifests = new ArrayList<>();
  private final SortedMap<String, Integer> skipped = new TreeMap<>();
  private final List<ObjectNode> sources = new ArrayList<>();
  private final ObjectMapper json = StrippedSerialization.mapper();

  ResourceSorter(Problems problems) {
    this.problems = problems;
  }

  /**
   * The resources of all documents.
   *
   * @param notes what users are to know about files that no resource is made of
   * @param order the place of each file in the order of reading
   */
  ManifestSet result(List<String> notes, Map<String, Integer> order) {
    return new ManifestSet(manifests, problems.all(), skipped, sources, notes, order);
  }

  /** Counts a resource of another kind. */
  void skip(String kind) {
    skipped.merge(shortened(kind), 1, Integer::sum);
  }

  /**
   * Takes a document. What is wrong with one in which there is nothing of ours is left to others.
   *
   * @param otherwise what to do with a document that is to be no manifest
   */
  void add(String file, Document document, String otherwise) {
    if (!document.root().isNull() && sort(file, document.root(), document.positions(), otherwise)) {
      for (TextFault fault : document.faults()) {
        problems.add(new ManifestProblem(file, fault.position(), fault.message()));
      }
    }
  }

  /** Sorts a resource, and returns whether it concerns the operator. */
  private boolean sort(String file, JsonNode root, PositionTree positions, String otherwise) {
    String version = text(root, "apiVersion");
    String kind = text(root, "kind");
    if (!(root instanceof ObjectNode tree) || version.isEmpty() || kind.isEmpty()) {
      if (file.endsWith(CHART)) {
        return refuse(file, positions, CHART_MESSAGE);
      }
      String lacks =
          !root.isObject()
              ? "all members"
              : kind.isEmpty() ? "a member kind" : "a member apiVersion";
      return refuse(
          file,
          positions,
          "this is no manifest, for it lacks %s: write %s, or %s"
              .formatted(lacks, WHAT_TO_WRITE, otherwise));
    }
    boolean isOurGroup = version.startsWith(LambdaFunctionConfig.GROUP + "/");
    if ((kind.equals("List") && version.equals("v1"))
        || (kind.equals(KIND + "List") && version.equals(API_VERSION))) {
      return items(file, root.path("items"), positions, otherwise);
    }
    if (kind.equals(KIND) && version.equals(API_VERSION)) {
      manifests.add(new Manifest(file, tree, positions, resource(tree)));
      return true;
    }
    if (isOurGroup || kind.toLowerCase(Locale.ROOT).equals(KIND.toLowerCase(Locale.ROOT))) {
      return refuse(
          file,
          positions,
          "there is no kind %s of the apiVersion %s: write %s"
              .formatted(shortened(kind), shortened(version), WHAT_TO_WRITE));
    }
    skip(kind);
    if (version.equals("v1") && SOURCES.contains(kind)) {
      sources.add(tree);
    }
    return false;
  }

  private static String text(JsonNode root, String member) {
    return Objects.requireNonNullElse(root.path(member).textValue(), "");
  }

  private static String shortened(String text) {
    return WholeText.shortened(text, LONGEST_KIND);
  }

  private boolean items(String file, JsonNode items, PositionTree positions, String otherwise) {
    boolean concerns = false;
    if (!items.isArray()) {
      return refuse(
          file, positions, "this list has no items: write them below items, or remove it");
    }
    for (int i = 0; i < items.size(); i++) {
      PositionTree item = positions.member("items").item(i);
      concerns |=
          text(items.get(i), "kind").endsWith("List")
              ? refuse(file, item, "a list is an item of another list: write its items")
              : sort(file, items.get(i), item, otherwise);
    }
    return concerns;
  }

  private boolean refuse(String file, PositionTree positions, String message) {
    problems.add(new ManifestProblem(file, positions.position(), message));
    return true;
  }

  /**
   * The resource as the API server would store it when it is new: without a status and a version.
   */
  private LambdaFunctionConfig resource(ObjectNode tree) {
    ObjectNode stored = tree.objectNode();
    stored.setAll(tree);
    stored.remove("status");
    if (tree.get("metadata") instanceof ObjectNode metadata) {
      ObjectNode kept = tree.objectNode();
      kept.setAll(metadata);
      kept.remove(List.of("uid", "resourceVersion"));
      stored.set("metadata", kept);
    }
    try {
      return json.treeToValue(stored, LambdaFunctionConfig.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a resource is read whatever it says", e);
    }
  }
}
