package dev.lambdaconfig.cli.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Documents of directories that are no resources of Kubernetes, such as dashboards, policies and
 * values of charts. A manifest that lacks its kind or apiVersion is not among them: none of the
 * members of a resource may be there, and nothing in the file may name ours.
 */
final class OtherDocuments {

  /** The word by which they are counted among resources of other kinds. */
  static final String KIND = "other document";

  private OtherDocuments() {}

  /** Whether a text names the kind of the operator, or its group with a version. */
  static boolean namesOurs(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return lower.contains("lambdafunctionconfig") || lower.contains("lambdaconfig.dev/");
  }

  /** Whether a document of a text that does not name ours is one. */
  static boolean isOne(JsonNode root) {
    return root.isObject()
        && Stream.of("apiVersion", "kind", "metadata", "spec", "functionName").noneMatch(root::has);
  }
}
