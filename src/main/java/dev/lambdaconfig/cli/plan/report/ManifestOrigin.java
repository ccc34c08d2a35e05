package dev.lambdaconfig.cli.plan.report;

import org.jspecify.annotations.Nullable;

/**
 * The place of a resource: in a file, or in the cluster.
 *
 * @param file the file, or null for a resource of the cluster
 * @param line the line on which the resource begins, counted from 1
 * @param namespace its namespace, or null where it names none
 * @param name its name, or null where it has none
 */
public record ManifestOrigin(
    @Nullable String file, int line, @Nullable String namespace, @Nullable String name) {

  /** The resource as {@code namespace/name}, as far as it is named; else its place. */
  public String resource() {
    if (name == null) {
      return place();
    }
    return namespace == null ? name : namespace + "/" + name;
  }

  /** The place of the resource, such as {@code orders.yaml:12}. */
  public String place() {
    return file == null ? "cluster" : file + ":" + line;
  }
}
