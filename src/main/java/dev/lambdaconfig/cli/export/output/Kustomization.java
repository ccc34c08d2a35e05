package dev.lambdaconfig.cli.export.output;

import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The text of a {@code kustomization.yaml} that has nothing but resources. */
final class Kustomization {

  static final String FILE = "kustomization.yaml";

  private static final String HEAD =
      """
      apiVersion: kustomize.config.k8s.io/v1beta1
      kind: Kustomization
      """;

  private static final Pattern RESOURCE = Pattern.compile("(?m)^- (\\S+)$");

  private Kustomization() {}

  /** The text with resources, in their order. */
  static String of(SortedSet<String> resources) {
    StringBuilder text = new StringBuilder(HEAD);
    text.append(resources.isEmpty() ? "resources: []\n" : "resources:\n");
    resources.forEach(resource -> text.append("- ").append(resource).append('\n'));
    return text.toString();
  }

  /** The resources that a text lists, as this class writes them. */
  static SortedSet<String> resources(String text) {
    SortedSet<String> resources = new TreeSet<>();
    RESOURCE
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .forEach(line -> resources.add(line.substring(2)));
    return resources;
  }

  /** Whether a text is one of this class, which no person has changed. */
  static boolean isOwn(String text) {
    return text.equals(of(resources(text)));
  }
}
