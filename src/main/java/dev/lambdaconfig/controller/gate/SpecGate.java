package dev.lambdaconfig.controller.gate;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigSpec;
import dev.lambdaconfig.controller.resource.Targets;
import dev.lambdaconfig.controller.state.Gate;
import dev.lambdaconfig.controller.state.Reconciliation;
import dev.lambdaconfig.controller.state.ResourceState;
import dev.lambdaconfig.controller.state.Step;
import dev.lambdaconfig.controller.state.Verdict;
import dev.lambdaconfig.decision.Decision;
import dev.lambdaconfig.plan.Desired;
import dev.lambdaconfig.plan.IgnoredDrift;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Specs that cannot be acted on: each of them is stalled, with what to write instead. */
public final class SpecGate implements Gate {

  private static final Duration AFTER_INVALID = Duration.ofMinutes(30);

  /** The rules. Each has its own place in the order of the gates. */
  public enum Rule {
    /** The manifest can be read as a spec. */
    READABLE,
    /** The values of the spec are allowed. */
    VALID,
    /** The annotation about ignored drift names settings. */
    ANNOTATED
  }

  /** The reason of an annotation that cannot be acted on. */
  private static final String INVALID_ANNOTATION = "InvalidAnnotation";

  private final Rule rule;
  private final Consumer<ResourceState> unwatch;

  /**
   * Creates the gate of one rule.
   *
   * @param unwatch called with the state of each resource that breaks it, to stop observing its
   *     function
   */
  public SpecGate(Rule rule, Consumer<ResourceState> unwatch) {
    this.rule = rule;
    this.unwatch = unwatch;
  }

  @Override
  public Verdict check(Reconciliation reconciliation, Step step) {
    String problem =
        switch (rule) {
          case READABLE -> unreadable(reconciliation.resource().getSpec());
          case VALID -> invalid(reconciliation);
          case ANNOTATED -> misspelt(reconciliation.resource());
        };
    if (problem == null) {
      return Verdict.pass(step);
    }
    unwatch.accept(reconciliation.state());
    String reason = rule == Rule.ANNOTATED ? INVALID_ANNOTATION : Targets.INVALID_SPEC;
    return Verdict.decide(step, stalled(reason, problem));
  }

  /** A misspelt name could be of a field that the next update would revert. */
  private static @Nullable String misspelt(LambdaFunctionConfig resource) {
    List<String> problems = IgnoredDrift.problems(resource.ignoreDrift());
    return problems.isEmpty() ? null : String.join("; ", problems);
  }

  private static @Nullable String unreadable(@Nullable LambdaFunctionConfigSpec spec) {
    return spec == null ? "spec is missing: see kubectl explain lfc.spec" : spec.unreadable();
  }

  private static @Nullable String invalid(Reconciliation reconciliation) {
    if (reconciliation.desired() != null) {
      return null;
    }
    List<String> problems = Desired.of(reconciliation.spec()).problems();
    return problems.isEmpty() ? null : String.join("; ", problems);
  }

  static Decision stalled(String reason, String problem) {
    return new Decision.Stalled(reason, problem, AFTER_INVALID);
  }
}
