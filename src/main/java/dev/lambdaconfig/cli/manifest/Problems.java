package dev.lambdaconfig.cli.manifest;

import dev.lambdaconfig.cli.manifest.tree.Position;
import java.util.ArrayList;
import java.util.List;

/** The problems of all that is read, of which only so many are kept. */
final class Problems {

  static final int MOST = 1000;

  private final List<ManifestProblem> kept = new ArrayList<>();

  void add(ManifestProblem problem) {
    if (kept.size() < MOST) {
      kept.add(problem);
    } else if (kept.size() == MOST) {
      kept.add(
          new ManifestProblem(
              problem.file(),
              problem.position(),
              "there are more than " + MOST + " problems: correct the first ones, and try again"));
    }
  }

  /** Adds the problem of a source as a whole. */
  void add(String file, String message) {
    add(new ManifestProblem(file, Position.START, message));
  }

  List<ManifestProblem> all() {
    return kept;
  }
}
