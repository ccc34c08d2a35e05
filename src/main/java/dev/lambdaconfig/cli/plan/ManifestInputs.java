package dev.lambdaconfig.cli.plan;

import dev.lambdaconfig.cli.manifest.Manifest;
import dev.lambdaconfig.cli.manifest.ManifestSet;
import dev.lambdaconfig.cli.plan.planning.PlanInput;
import dev.lambdaconfig.cli.plan.report.FunctionPlan;
import dev.lambdaconfig.cli.plan.report.ManifestOrigin;
import dev.lambdaconfig.cli.plan.report.PlanProblem;
import java.util.List;

/** What manifests give to plan for. */
final class ManifestInputs {

  /** The reason of what cannot be read as a manifest. */
  private static final String INVALID_MANIFEST = "InvalidManifest";

  /** The generation of a resource that is created. */
  private static final long FIRST = 1;

  private ManifestInputs() {}

  /** The resources of manifests, in their order. */
  static List<PlanInput> of(ManifestSet manifests) {
    return manifests.manifests().stream().map(ManifestInputs::input).toList();
  }

  private static PlanInput input(Manifest manifest) {
    return new PlanInput(
        new ManifestOrigin(manifest.file(), manifest.line(), manifest.namespace(), manifest.name()),
        manifest.resource().copy(),
        FIRST,
        path -> manifest.position(path).line());
  }

  /** What could not be read, as plans that failed. */
  static List<FunctionPlan> problems(ManifestSet manifests) {
    return manifests.problems().stream()
        .map(
            problem ->
                FunctionPlan.failed(
                    new ManifestOrigin(problem.file(), problem.line(), null, null),
                    new PlanProblem(INVALID_MANIFEST, problem.message())))
        .toList();
  }
}
