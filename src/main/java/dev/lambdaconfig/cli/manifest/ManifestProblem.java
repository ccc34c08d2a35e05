package dev.lambdaconfig.cli.manifest;

import dev.lambdaconfig.cli.manifest.tree.Position;

/**
 * Something wrong with what is to be read.
 *
 * @param file the file as it was named, or {@link Manifests#STDIN}
 * @param position the place in it; its start, if all of it is meant
 * @param message what is wrong, and what to write instead
 */
public record ManifestProblem(String file, Position position, String message) {

  /** The line, counted from 1. */
  public int line() {
    return position.line();
  }

  /** The column, counted from 1. */
  public int column() {
    return position.column();
  }

  /** The problem as compilers print it, which editors and terminals link to the file. */
  @Override
  public String toString() {
    return file + ":" + line() + ":" + column() + ": " + message;
  }
}
