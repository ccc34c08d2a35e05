package dev.lambdaconfig.cli.validate.report;

import dev.lambdaconfig.cli.manifest.Manifest;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The findings of a validation.
 *
 * @param manifests the resources that were validated
 * @param findings in the order of files and resources
 * @param skippedKinds the number of resources of each other kind
 */
public record ValidationReport(
    List<Manifest> manifests, List<Finding> findings, SortedMap<String, Integer> skippedKinds) {

  /** Creates a report. */
  public ValidationReport {
    manifests = List.copyOf(manifests);
    findings = List.copyOf(findings);
    skippedKinds = Collections.unmodifiableSortedMap(new TreeMap<>(skippedKinds));
  }

  /** The findings that fail the command. */
  public List<Finding> errors() {
    return findings.stream().filter(Finding::isError).toList();
  }

  /** The other findings. */
  public List<Finding> warnings() {
    return findings.stream().filter(finding -> !finding.isError()).toList();
  }

  /** Namespace and name of a resource, as messages name it. */
  public static String name(Manifest manifest) {
    String name = Objects.requireNonNullElse(manifest.name(), "?");
    return manifest.namespace() == null ? name : manifest.namespace() + "/" + name;
  }
}
