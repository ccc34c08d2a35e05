package dev.lambdaconfig.cli.plan;

import dev.lambdaconfig.cli.manifest.Manifest;
import dev.lambdaconfig.cli.manifest.ManifestSet;
import dev.lambdaconfig.cli.plan.planning.PlanInput;
import dev.lambdaconfig.cli.plan.report.FunctionPlan;
import dev.lambdaconfig.cli.plan.report.ManifestOrigin;
import dev.lambdaconfig.cli.plan.report.PlanProblem;
import dev.lambdaconfig.cli.validate.schema.FieldError;
import dev.lambdaconfig.cli.validate.schema.StructuralCheck;
import dev.lambdaconfig.text.Counted;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The inputs of a plan from manifests: the resources, and as failed plans those that cannot be read
 * or that the API server would refuse for their form. A misspelt field would else be no part of a
 * plan.
 *
 * @param resources the resources, in the order of the manifests
 * @param failed what cannot be planned for
 */
record ManifestInputs(List<PlanInput> resources, List<FunctionPlan> failed) {

  /** The reason of what cannot be read as a manifest. */
  private static final String INVALID_MANIFEST = "InvalidManifest";

  /** The generation of a resource that is created. */
  private static final long FIRST = 1;

  private static final int MOST_ERRORS = 10;

  static ManifestInputs of(ManifestSet manifests) {
    StructuralCheck form = new StructuralCheck();
    List<PlanInput> resources = new ArrayList<>();
    List<FunctionPlan> failed = new ArrayList<>();
    for (Manifest manifest : manifests.manifests()) {
      List<FieldError> errors = form.errors(manifest.tree());
      if (errors.isEmpty()) {
        resources.add(input(manifest));
      } else {
        failed.add(refused(manifest, errors));
      }
    }
    manifests.problems().stream()
        .map(
            problem ->
                FunctionPlan.failed(
                    new ManifestOrigin(problem.file(), problem.line(), null, null),
                    new PlanProblem(INVALID_MANIFEST, problem.message())))
        .forEach(failed::add);
    return new ManifestInputs(resources, failed);
  }

  private static PlanInput input(Manifest manifest) {
    return new PlanInput(
        origin(manifest, manifest.line()),
        manifest.resource().copy(),
        FIRST,
        path -> manifest.position(path).line());
  }

  private static FunctionPlan refused(Manifest manifest, List<FieldError> errors) {
    int more = errors.size() - MOST_ERRORS;
    String message =
        errors.stream()
            .limit(MOST_ERRORS)
            .map(error -> error.field() + ": " + error.message())
            .collect(Collectors.joining("; "));
    return FunctionPlan.failed(
        origin(manifest, manifest.position(errors.getFirst().field()).line()),
        new PlanProblem(
            INVALID_MANIFEST,
            more > 0 ? message + "; and " + Counted.of(more, "more error") : message));
  }

  private static ManifestOrigin origin(Manifest manifest, int line) {
    return new ManifestOrigin(manifest.file(), line, manifest.namespace(), manifest.name());
  }
}
