package dev.lambdaconfig.cli.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lambdaconfig.text.Counted;
import dev.lambdaconfig.text.WholeText;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * Kustomizations in directories that were named: files are read as they are written, so patches,
 * name prefixes and bases are missing from them. Only {@code kustomize build} applies these.
 */
final class UnbuiltKustomizations {

  /** The kind by which they are counted. */
  static final String KIND = "Kustomization";

  private static final Set<String> FILES = Set.of("kustomization.yaml", "kustomization.yml");
  private static final String GROUP = "kustomize.config.k8s.io/";

  /** The members that change nothing in the resources of its directory. */
  private static final Set<String> WITHOUT_EFFECT =
      Set.of("apiVersion", "kind", "metadata", "resources");

  private static final int MOST_NOTES = 10;
  private static final int MOST_MEMBERS = 5;
  private static final int LONGEST_MEMBER = 60;

  private final List<String> notes = new ArrayList<>();
  private int more;

  /** Whether a document is a kustomization; its kind and apiVersion may be left out. */
  boolean isOne(String file, JsonNode root) {
    String version = Objects.requireNonNullElse(root.path("apiVersion").textValue(), "");
    boolean isNamedSo = FILES.contains(name(file));
    return root.isObject()
        && (version.startsWith(GROUP) || (version.isEmpty() && !root.has("kind") && isNamedSo));
  }

  /** Notes what a kustomization would change in the files beside it, if it does. */
  void add(String file, JsonNode root) {
    List<String> missing = new ArrayList<>();
    root.fieldNames()
        .forEachRemaining(
            member -> {
              if (!WITHOUT_EFFECT.contains(member)) {
                missing.add(WholeText.shortened(member, LONGEST_MEMBER));
              }
            });
    Path folder = folder(file);
    if (leavesFolder(root.path("resources"), folder)) {
      missing.add("resources of other directories");
    }
    if (missing.isEmpty()) {
      return;
    }
    if (notes.size() == MOST_NOTES) {
      more++;
      return;
    }
    notes.add(
        file
            + ": this kustomization is not applied ("
            + Counted.first(missing, MOST_MEMBERS)
            + "), so files count as they are written: pipe what kustomize build "
            + (folder.toString().isEmpty() ? "." : folder)
            + " prints to -f -");
  }

  private static boolean leavesFolder(JsonNode resources, Path folder) {
    for (JsonNode resource : resources) {
      String text = resource.asText();
      try {
        Path path = folder.resolve(text).normalize();
        if (!path.startsWith(folder.normalize()) || !Files.exists(path)) {
          return true;
        }
      } catch (InvalidPathException e) {
        // It is the address of a repository, if it is anything.
        return true;
      }
    }
    return false;
  }

  /** The notes for users, in the order of files. */
  List<String> notes() {
    List<String> all = new ArrayList<>(notes);
    if (more > 0) {
      all.add("and " + Counted.of(more, "more kustomization") + " in the same way");
    }
    return all;
  }

  private static Path folder(String file) {
    Path parent = Path.of(file).getParent();
    return parent == null ? Path.of("") : parent;
  }

  private static String name(String file) {
    return file.substring(file.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
  }
}
