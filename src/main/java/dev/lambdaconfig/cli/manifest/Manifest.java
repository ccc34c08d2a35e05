package dev.lambdaconfig.cli.manifest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.cli.manifest.tree.Position;
import dev.lambdaconfig.cli.manifest.tree.PositionTree;
import org.jspecify.annotations.Nullable;

/**
 * One resource of a file.
 *
 * @param file the file as it was named, or {@link Manifests#STDIN}
 * @param tree the resource as it is written; nobody may change it
 * @param resource the resource as the operator would read it from the API server
 */
public record Manifest(
    String file, ObjectNode tree, PositionTree positions, LambdaFunctionConfig resource) {

  /** The line on which the resource begins, counted from 1. */
  public int line() {
    return positions.position().line();
  }

  /** The namespace that it names, or null if it names none. */
  public @Nullable String namespace() {
    return tree.path("metadata").path("namespace").textValue();
  }

  /** The name, or null if it has none. */
  public @Nullable String name() {
    return tree.path("metadata").path("name").textValue();
  }

  /**
   * The position of a value; of one that is not there, that of what it is missing in.
   *
   * @param path the path as the API server writes it, such as {@code spec.layers[1]}
   */
  public Position position(String path) {
    return positions.of(path);
  }

  /** Returns a problem of the value at a path. */
  public ManifestProblem problem(String path, String message) {
    return new ManifestProblem(file, position(path), message);
  }
}
