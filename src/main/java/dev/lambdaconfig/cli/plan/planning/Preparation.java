package dev.lambdaconfig.cli.plan.planning;

import dev.lambdaconfig.api.LambdaFunctionConfigSpec;
import dev.lambdaconfig.cli.plan.planning.PlannedClaims.Claim;
import dev.lambdaconfig.cli.plan.report.FunctionPlan;
import dev.lambdaconfig.cli.plan.report.PlanProblem;
import dev.lambdaconfig.controller.resource.Targets;
import dev.lambdaconfig.model.Target;
import dev.lambdaconfig.plan.Desired;
import dev.lambdaconfig.plan.IgnoredDrift;
import java.util.List;
import java.util.Objects;

/** The checks that the operator makes before it reads a function, in its order. */
final class Preparation {

  private static final String INVALID_ANNOTATION = "InvalidAnnotation";

  private final Targets targets;

  Preparation(Targets targets) {
    this.targets = targets;
  }

  /** The result of the checks. */
  sealed interface Prepared {}

  /** A resource whose function need not be read. */
  record Planned(FunctionPlan plan) implements Prepared {}

  /**
   * A resource whose function has to be read.
   *
   * @param plan what is known so far
   * @param declared the settings, without values of Secrets and ConfigMaps
   */
  record ToRead(PlanInput input, FunctionPlan plan, Target target, Desired declared)
      implements Prepared {}

  /** A suspended resource, which has a claim on its function nevertheless. */
  record Suspended(Claim claim) implements Prepared {}

  Prepared prepare(PlanInput input) {
    LambdaFunctionConfigSpec spec = input.resource().getSpec();
    if (spec == null) {
      return failed(input, Targets.INVALID_SPEC, "spec is missing: see kubectl explain lfc.spec");
    }
    FunctionPlan named = FunctionPlan.unchanged(input.origin(), spec.functionName(), spec.region());
    if (input.resource().isMarkedForDeletion()) {
      return new Planned(
          named.remarking(List.of(), List.of("the resource is being deleted in the cluster")));
    }
    if (spec.suspends()) {
      return suspended(input, named);
    }
    if (spec.unreadable() != null) {
      return failed(input, Targets.INVALID_SPEC, spec.unreadable());
    }
    Desired declared = Desired.of(spec);
    if (!declared.problems().isEmpty()) {
      return new Planned(
          named.failing(
              new PlanProblem(Targets.INVALID_SPEC, String.join("; ", declared.problems()))));
    }
    List<String> misspelt = IgnoredDrift.problems(input.resource().ignoreDrift());
    if (!misspelt.isEmpty()) {
      return new Planned(
          named.failing(new PlanProblem(INVALID_ANNOTATION, String.join("; ", misspelt))));
    }
    Targets.Resolution resolution = targets.resolve(spec);
    Target target = resolution.target();
    if (target == null) {
      return new Planned(
          named.failing(
              new PlanProblem(resolution.reason(), Objects.requireNonNull(resolution.problem()))));
    }
    return new ToRead(
        input,
        FunctionPlan.unchanged(input.origin(), spec.functionName(), target.region())
            .remarking(List.of(), identity(spec)),
        target.requestedBy(input.namespace(), input.name()),
        declared);
  }

  private Prepared suspended(PlanInput input, FunctionPlan named) {
    FunctionPlan plan =
        named.remarking(
            List.of(), List.of("suspend: true: the function is neither read nor written"));
    LambdaFunctionConfigSpec spec = input.spec();
    Target target = spec.unreadable() == null ? targets.resolve(spec).target() : null;
    return target == null ? new Planned(plan) : new Suspended(new Claim(input, plan, target));
  }

  /** The note on an identity: the operator acts with other rights than whoever plans. */
  private static List<String> identity(LambdaFunctionConfigSpec spec) {
    return spec.serviceAccountName() == null
        ? List.of()
        : List.of(
            "planned with the credentials of this run; the operator acts as the role of the"
                + " ServiceAccount "
                + spec.serviceAccountName());
  }

  private static Prepared failed(PlanInput input, String reason, String message) {
    return new Planned(FunctionPlan.failed(input.origin(), new PlanProblem(reason, message)));
  }
}
